// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
//
// Lets the npm package ews-javascript-api do what a test asks for. One line of JSON
// in, {"step": name, "arguments": {…}}; one line out, {"result": …} or
// {"error": text, "code": EWS response code}. The package finds its way through
// NODE_PATH. Address, user and password come as EWS_URL, EWS_USER and EWS_PASSWORD.
"use strict";

const readline = require("readline");
const ews = require("ews-javascript-api");
const {XhrApi} = require("@ewsjs/xhr");

const CONTACTS = ews.WellKnownFolderName.Contacts;
const WITH_EVERYTHING = new ews.PropertySet(ews.BasePropertySet.FirstClassProperties);
const SHOE_SIZE = new ews.ExtendedPropertyDefinition(
    ews.DefaultExtendedPropertySet.PublicStrings,
    "Shoe size",
    ews.MapiPropertyType.Integer
);
const HOBBIES = new ews.ExtendedPropertyDefinition(
    0x3a43, // PidTagHobbies
    ews.MapiPropertyType.String
);
const {EmailAddress1} = ews.EmailAddressKey;
const {MobilePhone} = ews.PhoneNumberKey;
const {Business} = ews.PhysicalAddressKey;

function connect() {
    const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2013);
    service.Credentials = new ews.WebCredentials(
        process.env.EWS_USER,
        process.env.EWS_PASSWORD
    );
    service.Url = new ews.Uri(process.env.EWS_URL);
    return service;
}

const service = connect();

const idOf = (text) => new ews.ItemId(text);
const folderOf = (text) => (text ? new ews.FolderId(text) : new ews.FolderId(CONTACTS));
const bind = (id, properties = WITH_EVERYTHING) =>
    ews.Contact.Bind(service, idOf(id), properties);

/** What a test looks at of a contact. */
function described(contact) {
    const address = contact.PhysicalAddresses._getItem(Business);
    return {
        id: contact.Id.UniqueId,
        change_key: contact.Id.ChangeKey,
        given_name: contact.GivenName,
        surname: contact.Surname,
        company: contact.CompanyName,
        job: contact.JobTitle,
        email: contact.EmailAddresses._getItem(EmailAddress1)?.Address,
        mobile: contact.PhoneNumbers._getItem(MobilePhone),
        city: address?.City,
        birthday: contact.Birthday?.ToISOString(),
        categories: contact.Categories.GetEnumerator(),
        notes: contact.Body.Text,
    };
}

// No "&" in texts: the package does not escape it and sends what is no XML.
function filled(contact) {
    const address = new ews.PhysicalAddressEntry();
    address.Street = "12 Example Street";
    address.City = "Zürich";
    address.PostalCode = "8001";
    address.CountryOrRegion = "Switzerland";
    contact.GivenName = "Ada";
    contact.Surname = "Byron";
    contact.CompanyName = "Zahnräder Söhne AG";
    contact.JobTitle = "Programmer";
    contact.EmailAddresses._setItem(EmailAddress1, new ews.EmailAddress("ada@example.com"));
    contact.PhoneNumbers._setItem(MobilePhone, "+41 79 555 01 23");
    contact.PhysicalAddresses._setItem(Business, address);
    contact.Birthday = new ews.DateTime("1980-12-10T11:59:00Z");
    contact.Categories.Add("Customer");
    contact.Body = new ews.MessageBody(ews.BodyType.Text, "Wrote the first program.");
    return contact;
}

async function created(surnames) {
    const contacts = surnames.map((surname) => {
        const contact = new ews.Contact(service);
        contact.Surname = surname;
        return contact;
    });
    const answers = await service.CreateItems(
        contacts,
        new ews.FolderId(CONTACTS),
        ews.MessageDisposition.SaveOnly,
        null
    );
    return {codes: codesOf(answers), ids: contacts.map((each) => each.Id.UniqueId)};
}

const codesOf = (answers) =>
    answers.Responses.map((each) => ews.ServiceError[each.ErrorCode]);

const names = (found) => found.map((each) => each.DisplayName);

async function synchronized(folder, state) {
    const changes = await service.SyncFolderItems(
        folder,
        ews.PropertySet.IdOnly,
        [],
        512,
        ews.SyncFolderItemsScope.NormalItems,
        state
    );
    return {
        state: changes.SyncState,
        more: changes.MoreChangesAvailable,
        changes: changes
            .GetEnumerator()
            .map((each) => [ews.ChangeType[each.ChangeType], each.ItemId.UniqueId]),
    };
}

const STEPS = {
    async connect({scheme}) {
        const other = connect();
        if (scheme === "ntlm") {
            other.XHRApi = new XhrApi().useNtlmAuthentication(
                process.env.EWS_USER,
                process.env.EWS_PASSWORD
            );
        }
        const folder = await ews.Folder.Bind(other, CONTACTS);
        return {
            name: folder.DisplayName,
            folder_class: folder.FolderClass,
            total: folder.TotalCount,
        };
    },

    async find_folders() {
        const view = new ews.FolderView(100);
        view.Traversal = ews.FolderTraversal.Deep;
        const found = await service.FindFolders(
            ews.WellKnownFolderName.MsgFolderRoot,
            view
        );
        return names(found.Folders);
    },

    async create_folder({name}) {
        const folder = new ews.ContactsFolder(service);
        folder.DisplayName = name;
        await folder.Save(CONTACTS);
        return folder.Id.UniqueId;
    },

    async rename_folder({id, name}) {
        const folder = await ews.Folder.Bind(service, folderOf(id));
        folder.DisplayName = name;
        await folder.Update();
    },

    async delete_folder({id}) {
        const folder = await ews.Folder.Bind(service, folderOf(id));
        await folder.Delete(ews.DeleteMode.HardDelete);
    },

    async folder_changes({state}) {
        const changes = await service.SyncFolderHierarchy(ews.PropertySet.IdOnly, state);
        return {
            state: changes.SyncState,
            changes: changes
                .GetEnumerator()
                .map((each) => [ews.ChangeType[each.ChangeType], each.FolderId.UniqueId]),
        };
    },

    async create() {
        const contact = filled(new ews.Contact(service));
        await contact.Save(CONTACTS);
        return contact.Id.UniqueId;
    },

    async bind({id}) {
        return described(await bind(id));
    },

    async update({id}) {
        const contact = await bind(id);
        contact.JobTitle = "Director";
        contact.PhoneNumbers._setItem(MobilePhone, "+41 79 555 09 99");
        contact.EmailAddresses._setItem(EmailAddress1, null);
        contact.Birthday = null;
        contact.Categories.Add("Friend");
        await contact.Update(ews.ConflictResolutionMode.NeverOverwrite);
        return contact.Id.ChangeKey;
    },

    async update_a_stale_version({id, resolution}) {
        const [mine, theirs] = [await bind(id), await bind(id)];
        theirs.JobTitle = "Chief";
        await theirs.Update(ews.ConflictResolutionMode.NeverOverwrite);
        mine.JobTitle = "Deputy";
        await mine.Update(ews.ConflictResolutionMode[resolution]);
    },

    async delete({id, mode}) {
        const contact = await bind(id);
        await contact.Delete(ews.DeleteMode[mode]);
    },

    async create_several({surnames}) {
        return created(surnames);
    },

    async bind_several({ids}) {
        return codesOf(await service.BindToItems(ids.map(idOf), WITH_EVERYTHING));
    },

    async delete_several({ids}) {
        const answers = await service.DeleteItems(
            ids.map(idOf),
            ews.DeleteMode.HardDelete,
            null,
            null
        );
        return codesOf(answers);
    },

    async find({surname}) {
        const view = new ews.ItemView(50);
        view.OrderBy.Add(ews.ContactSchema.Surname, ews.SortDirection.Descending);
        const filter = new ews.SearchFilter.ContainsSubstring(
            ews.ContactSchema.Surname,
            surname,
            ews.ContainmentMode.Prefixed,
            ews.ComparisonMode.IgnoreCase
        );
        const found = await service.FindItems(CONTACTS, filter, view);
        return found.Items.map((each) => each.Surname);
    },

    async page({size, offset}) {
        const view = new ews.ItemView(size, offset);
        const found = await service.FindItems(CONTACTS, view);
        return {
            total: found.TotalCount,
            more: found.MoreAvailable,
            next: found.NextPageOffset,
            ids: found.Items.map((each) => each.Id.UniqueId),
        };
    },

    async item_changes({state}) {
        return synchronized(new ews.FolderId(CONTACTS), state);
    },

    async set_photo({id, photo}) {
        const contact = await bind(id);
        contact.SetContactPicture(photo, "ContactPicture.jpg");
        await contact.Update(ews.ConflictResolutionMode.AlwaysOverwrite);
    },

    async photo({id}) {
        const contact = await bind(id);
        const attachment = contact.GetContactPictureAttachment();
        if (attachment === null) return {has_picture: contact.HasPicture};
        await attachment.Load();
        return {
            has_picture: contact.HasPicture,
            name: attachment.Name,
            content: attachment.Base64Content,
        };
    },

    async remove_photo({id}) {
        const contact = await bind(id);
        contact.RemoveContactPicture();
        await contact.Update(ews.ConflictResolutionMode.AlwaysOverwrite);
    },

    async attach({id, name, content}) {
        const contact = await bind(id);
        contact.Attachments.AddFileAttachment(name, content);
        await contact.Update(ews.ConflictResolutionMode.AlwaysOverwrite);
    },

    async attachments({id}) {
        const contact = await bind(id);
        const all = contact.Attachments.Items;
        for (const each of all) await each.Load();
        return all.map((each) => [each.Name, each.Base64Content]);
    },

    async set_extended({id, shoe_size, hobbies}) {
        const contact = await bind(id);
        contact.SetExtendedProperty(SHOE_SIZE, shoe_size);
        contact.SetExtendedProperty(HOBBIES, hobbies);
        await contact.Update(ews.ConflictResolutionMode.AlwaysOverwrite);
    },

    async extended({id}) {
        const wanted = new ews.PropertySet(ews.BasePropertySet.IdOnly, [
            SHOE_SIZE,
            HOBBIES,
        ]);
        const contact = await bind(id, wanted);
        return contact.ExtendedProperties.Items.map((each) => each.Value);
    },

    async find_by_extended({shoe_size}) {
        const filter = new ews.SearchFilter.IsEqualTo(SHOE_SIZE, shoe_size);
        const found = await service.FindItems(CONTACTS, filter, new ews.ItemView(10));
        return found.Items.map((each) => each.Id.UniqueId);
    },

    async remove_extended({id}) {
        const contact = await bind(
            id,
            new ews.PropertySet(ews.BasePropertySet.IdOnly, [SHOE_SIZE])
        );
        contact.RemoveExtendedProperty(SHOE_SIZE);
        await contact.Update(ews.ConflictResolutionMode.AlwaysOverwrite);
    },

    async move({id, folder}) {
        const contact = await bind(id);
        const moved = await contact.Move(folderOf(folder));
        return moved.Id.UniqueId;
    },

    async copy({id, folder}) {
        const contact = await bind(id);
        const copy = await contact.Copy(folderOf(folder));
        return copy.Id.UniqueId;
    },

    async resolve({name}) {
        const found = await service.ResolveName(
            name,
            ews.ResolveNameSearchLocation.ContactsOnly,
            true
        );
        return found.GetEnumerator().map((each) => each.Mailbox.Address);
    },

    async convert_id({id, address}) {
        const source = new ews.AlternateId(ews.IdFormat.EwsId, id, address);
        const converted = await service.ConvertId(source, ews.IdFormat.HexEntryId);
        return [converted.UniqueId, converted.Mailbox];
    },
};

async function answer(line) {
    const {step, arguments: given} = JSON.parse(line);
    try {
        return {result: (await STEPS[step](given)) ?? null};
    } catch (error) {
        const code = ews.ServiceError[error.ErrorCode] ?? null;
        return {error: String(error.message ?? error), code};
    }
}

async function main() {
    for await (const line of readline.createInterface({input: process.stdin})) {
        process.stdout.write(JSON.stringify(await answer(line)) + "\n");
    }
}

main();
