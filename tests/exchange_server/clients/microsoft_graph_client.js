// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
//
// Lets the npm package @microsoft/microsoft-graph-client do what a test asks for, with
// a sign-in by @azure/identity. One line of JSON in, {"step": name, "arguments": {…}};
// one line out, {"result": …} or {"error": text, "code": Graph's code, "status": HTTP
// status}. The packages find their way through NODE_PATH. The URL of the server comes
// as GRAPH_SERVER, the directory as TENANT.
"use strict";

const readline = require("readline");
const {
    BatchRequestContent,
    BatchResponseContent,
    Client,
    PageIterator,
    ResponseType,
} = require("@microsoft/microsoft-graph-client");
const {
    TokenCredentialAuthenticationProvider,
} = require("@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials");
const {AuthorizationCodeCredential, ClientSecretCredential} = require("@azure/identity");

const {GRAPH_SERVER, TENANT} = process.env;
const SIGN_IN = {authorityHost: GRAPH_SERVER, disableInstanceDiscovery: true};
const OF_USERS = ["Contacts.ReadWrite", "User.Read"].map(
    (each) => `https://graph.microsoft.com/${each}`
);
const OF_APPLICATIONS = ["https://graph.microsoft.com/.default"];
const CONTACTS = "/me/contacts";
const FOLDERS = "/me/contactFolders";
const DELTA = `${FOLDERS}/contacts/contacts/delta`;
const SHOE_SIZE =
    "Integer {00020329-0000-0000-c000-000000000046} Name Shoe size"; // PS_PUBLIC_STRINGS
const HOBBIES = "String 0x3a43"; // PidTagHobbies
const ADA = {
    givenName: "Ada",
    surname: "Byron",
    companyName: "Zahnräder & Söhne AG",
    jobTitle: "Programmer",
    emailAddresses: [{name: "Ada Byron", address: "ada@example.com"}],
    mobilePhone: "+41 79 555 01 23",
    businessAddress: {
        street: "12 Example Street",
        city: "Zürich",
        postalCode: "8001",
        countryOrRegion: "Switzerland",
    },
    birthday: "1980-12-10T11:59:00Z",
    categories: ["Customer"],
    personalNotes: "Wrote the first program.",
};

const connected = (authProvider) =>
    Client.initWithMiddleware({
        authProvider,
        baseUrl: GRAPH_SERVER,
        customHosts: new Set([new URL(GRAPH_SERVER).hostname]),
    });
const signedIn = (credential, scopes) =>
    connected(new TokenCredentialAuthenticationProvider(credential, {scopes}));

let client = null;

const one = (id) => client.api(`${CONTACTS}/${id}`);
const photoOf = (id) => client.api(`${CONTACTS}/${id}/photo/$value`);
const base64 = (bytes) => Buffer.from(bytes).toString("base64");

/** Everything that an answer and its further pages have, and the link for later. */
async function everything(request) {
    const found = [];
    const pages = new PageIterator(client, await request.get(), (entry) => {
        found.push(entry);
        return true;
    });
    await pages.iterate();
    return {found, link: pages.getDeltaLink() ?? null};
}

async function changes(request) {
    const {found, link} = await everything(request);
    // Microsoft: an entry may come more than once.
    const last = new Map(found.map((each) => [each.id, each["@removed"]?.reason ?? ""]));
    return {changes: [...last], link};
}

/** Each answer of a batch by its id: status and body. */
async function batched(steps) {
    const content = new BatchRequestContent(steps);
    const answer = await client.api("/$batch").post(await content.getContent());
    const answers = {};
    for (const [id, each] of new BatchResponseContent(answer).getResponsesIterator()) {
        const text = await each.text();
        answers[id] = [each.status, text ? JSON.parse(text) : null];
    }
    return answers;
}

// The package takes the host off again; Node's Request does not take a path alone.
const asked = (method, path, body) =>
    new Request(`${GRAPH_SERVER}${path}`, {
        method,
        headers: body ? {"Content-Type": "application/json"} : {},
        body: body ? JSON.stringify(body) : undefined,
    });

const STEPS = {
    async sign_in({client_id, secret, code, redirect_uri}) {
        const credential = new AuthorizationCodeCredential(
            TENANT,
            client_id,
            secret,
            code,
            redirect_uri,
            SIGN_IN
        );
        client = signedIn(credential, OF_USERS);
        return (await client.api("/me").get()).displayName;
    },

    async list_as_application({client_id, secret, address}) {
        const credential = new ClientSecretCredential(TENANT, client_id, secret, SIGN_IN);
        const application = signedIn(credential, OF_APPLICATIONS);
        const answer = await application.api(`/users/${address}/contacts`).get();
        return answer.value.map((each) => each.id);
    },

    async use_token({token}) {
        client = connected({getAccessToken: async () => token});
    },

    async create({values}) {
        const made = await client.api(CONTACTS).post({...ADA, ...values});
        return {id: made.id, etag: made["@odata.etag"]};
    },

    async read({id}) {
        return one(id).get();
    },

    async select({id, names}) {
        return one(id).select(names).get();
    },

    async update({id, values, etag}) {
        const request = one(id);
        if (etag) request.header("If-Match", etag);
        return (await request.patch(values))["@odata.etag"];
    },

    async delete({id, etag}) {
        const request = one(id);
        if (etag) request.header("If-Match", etag);
        await request.delete();
    },

    async delete_for_ever({id}) {
        await client.api(`${CONTACTS}/${id}/permanentDelete`).post({});
    },

    async list({size, order}) {
        const request = client.api(CONTACTS).top(size).orderby(order).select("surname");
        return (await everything(request)).found.map((each) => each.surname);
    },

    async filter({filter}) {
        const request = client.api(CONTACTS).filter(filter).count(true);
        const answer = await request.get();
        return [answer["@odata.count"], answer.value.map((each) => each.id)];
    },

    async count() {
        return client.api(`${CONTACTS}/$count`).get();
    },

    async set_photo({id, photo}) {
        const request = photoOf(id).header("Content-Type", "image/jpeg");
        await request.put(Buffer.from(photo, "base64"));
    },

    async photo({id}) {
        const about = await client.api(`${CONTACTS}/${id}/photo`).get();
        const photo = await photoOf(id).responseType(ResponseType.ARRAYBUFFER).get();
        return [about["@odata.mediaContentType"], base64(photo)];
    },

    async photo_as_blob({id}) {
        const photo = await photoOf(id).get();
        return [photo.type, base64(await photo.arrayBuffer())];
    },

    async remove_photo({id}) {
        await photoOf(id).header("Content-Type", "image/jpeg").put("");
    },

    async delete_photo({id}) {
        await photoOf(id).delete();
    },

    async delta({link}) {
        return changes(client.api(link ?? DELTA));
    },

    async folder_delta({link}) {
        return changes(client.api(link ?? `${FOLDERS}/delta`));
    },

    async batch_create({surnames}) {
        const steps = surnames.map((surname, number) => ({
            id: String(number),
            request: asked("POST", CONTACTS, {surname}),
        }));
        return batched(steps);
    },

    async batch_read({ids}) {
        const steps = ids.map((id, number) => ({
            id: String(number),
            request: asked("GET", `${CONTACTS}/${id}?$select=surname`),
        }));
        return batched(steps);
    },

    async batch_in_order({paths}) {
        const steps = paths.map((path, number) => ({
            id: String(number),
            request: asked("GET", path),
            dependsOn: number ? [String(number - 1)] : undefined,
        }));
        return batched(steps);
    },

    async folders() {
        const {found} = await everything(client.api(FOLDERS));
        return found.map((each) => each.displayName);
    },

    async create_folder({name, parent}) {
        const home = parent ? `${FOLDERS}/${parent}/childFolders` : FOLDERS;
        return (await client.api(home).post({displayName: name})).id;
    },

    async rename_folder({id, name}) {
        await client.api(`${FOLDERS}/${id}`).patch({displayName: name});
    },

    async delete_folder({id}) {
        await client.api(`${FOLDERS}/${id}`).delete();
    },

    async create_in_folder({folder}) {
        const made = await client.api(`${FOLDERS}/${folder}/contacts`).post(ADA);
        return [made.id, made.parentFolderId];
    },

    async set_extended({id, shoe_size, hobbies}) {
        await one(id).patch({
            singleValueExtendedProperties: [
                {id: SHOE_SIZE, value: String(shoe_size)},
                {id: HOBBIES, value: hobbies},
            ],
        });
    },

    async remove_extended({id}) {
        await one(id).patch({
            singleValueExtendedProperties: [{id: SHOE_SIZE, value: null}],
        });
    },

    async extended({id}) {
        const ids = [SHOE_SIZE, HOBBIES].map((each) => `id eq '${each}'`).join(" or ");
        const expand = `singleValueExtendedProperties($filter=${ids})`;
        const contact = await one(id).expand(expand).get();
        const found = contact.singleValueExtendedProperties ?? [];
        return found.map((each) => each.value);
    },

    async find_by_extended({shoe_size}) {
        const any = `ep:ep/id eq '${SHOE_SIZE}' and cast(ep/value, Edm.Int32) eq ${shoe_size}`;
        const filter = `singleValueExtendedProperties/any(${any})`;
        const answer = await client.api(CONTACTS).filter(filter).get();
        return answer.value.map((each) => each.id);
    },

    async immutable_id({id}) {
        const prefer = 'IdType="ImmutableId"';
        return (await one(id).header("Prefer", prefer).get()).id;
    },

    async translate({id}) {
        const answer = await client.api("/me/translateExchangeIds").post({
            inputIds: [id],
            sourceIdType: "restId",
            targetIdType: "restImmutableEntryId",
        });
        return answer.value[0].targetId;
    },
};

async function answer(line) {
    const {step, arguments: given} = JSON.parse(line);
    try {
        return {result: (await STEPS[step](given)) ?? null};
    } catch (error) {
        console.error(error);
        const {code, statusCode: status} = error;
        return {error: String(error.message ?? error), code: code ?? null, status};
    }
}

async function main() {
    for await (const line of readline.createInterface({input: process.stdin})) {
        process.stdout.write(JSON.stringify(await answer(line)) + "\n");
    }
}

main();
