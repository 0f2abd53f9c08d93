# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A contact with every property that EWS knows, as another program would write it.

It is written by hand, in the order of the schema, and does not use the addon's or the
simulator's list of properties.
"""

from __future__ import annotations

STRANGERS = (
    '<t:ExtendedFieldURI PropertySetId="0b1c2d3e-0000-4000-8000-123456789abc"'
    ' PropertyName="CustomerNumber" PropertyType="Integer"/>',
    '<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings"'
    ' PropertyName="OdooContactSync" PropertyType="String"/>',
    '<t:ExtendedFieldURI DistinguishedPropertySetId="Address" PropertyId="32812"'
    ' PropertyType="String"/>',
    '<t:ExtendedFieldURI PropertyTag="0x3a43" PropertyType="String"/>',
    '<t:ExtendedFieldURI PropertyTag="0x3a07" PropertyType="String"/>',
)
"""Extended properties of other programs: a property of another program, a property that
has the name of our sync key in another property set, and three that Outlook has and EWS
has no element for: the phonetic first name (PidLidYomiFirstName), hobbies
(PidTagHobbies) and the number of an identity card (PidTagGovernmentIdNumber, all in
[MS-OXOCNTC])."""

_VALUES = ("4711", "not ours", "イーダ", "Chess", "L01X00T47")
_EXTENDED = "".join(
    f"<t:ExtendedProperty>{path}<t:Value>{value}</t:Value></t:ExtendedProperty>"
    for path, value in zip(STRANGERS, _VALUES, strict=True)
)

_PHONES = (
    "AssistantPhone BusinessFax BusinessPhone BusinessPhone2 Callback CarPhone"
    " CompanyMainPhone HomeFax HomePhone HomePhone2 Isdn MobilePhone OtherFax"
    " OtherTelephone Pager PrimaryPhone RadioPhone Telex TtyTddPhone"
).split()


def _address(key: str) -> str:
    return (
        f'<t:Entry Key="{key}"><t:Street>{key} Street</t:Street><t:City>{key}</t:City>'
        "<t:State>Bavaria</t:State><t:CountryOrRegion>Germany</t:CountryOrRegion>"
        "<t:PostalCode>80331</t:PostalCode></t:Entry>"
    )


def _entries(names: list[str], text: str) -> str:
    return "".join(f'<t:Entry Key="{name}">{text}</t:Entry>' for name in names)


COMMON = f"""
<t:Subject>A subject of its own</t:Subject>
<t:Sensitivity>Personal</t:Sensitivity>
<t:Body BodyType="HTML">&lt;p&gt;Notes&lt;/p&gt;</t:Body>
<t:Attachments>
<t:FileAttachment><t:Name>contract.pdf</t:Name><t:ContentType>application/pdf</t:ContentType>
<t:Content>JVBERi0=</t:Content></t:FileAttachment>
<t:FileAttachment><t:Name>ContactPicture.jpg</t:Name><t:IsContactPhoto>true</t:IsContactPhoto>
<t:Content>/9j/4A==</t:Content></t:FileAttachment>
<t:ItemAttachment><t:Name>Card</t:Name><t:Contact><t:Surname>Attached</t:Surname></t:Contact>
</t:ItemAttachment>
</t:Attachments>
<t:Categories><t:String>Chess</t:String></t:Categories>
<t:Importance>High</t:Importance>
<t:InReplyTo>&lt;1@example.com&gt;</t:InReplyTo>
<t:ReminderDueBy>2031-01-02T09:00:00Z</t:ReminderDueBy>
<t:ReminderIsSet>true</t:ReminderIsSet>
<t:ReminderNextTime>2031-01-02T08:45:00Z</t:ReminderNextTime>
<t:ReminderMinutesBeforeStart>15</t:ReminderMinutesBeforeStart>
{_EXTENDED}
<t:Culture>de-DE</t:Culture>
<t:Flag><t:FlagStatus>Flagged</t:FlagStatus><t:StartDate>2031-01-01T00:00:00Z</t:StartDate>
<t:DueDate>2031-01-02T00:00:00Z</t:DueDate></t:Flag>
<t:PolicyTag IsExplicit="true">11111111-1111-4111-8111-111111111111</t:PolicyTag>
<t:ArchiveTag IsExplicit="false">22222222-2222-4222-8222-222222222222</t:ArchiveTag>
"""

OWN = f"""
<t:FileAs>Example, Ida</t:FileAs>
<t:FileAsMapping>LastCommaFirst</t:FileAsMapping>
<t:DisplayName>Ida Example</t:DisplayName>
<t:GivenName>Ida</t:GivenName>
<t:Initials>I.E.</t:Initials>
<t:MiddleName>Luise</t:MiddleName>
<t:Nickname>Idchen</t:Nickname>
<t:CompanyName>Example GmbH</t:CompanyName>
<t:EmailAddresses>
{_entries(["EmailAddress1", "EmailAddress2", "EmailAddress3"], "ida@example.com")}
</t:EmailAddresses>
<t:PhysicalAddresses>
{_address("Business")}{_address("Home")}{_address("Other")}
</t:PhysicalAddresses>
<t:PhoneNumbers>{_entries(_PHONES, "+49 30 5550100")}</t:PhoneNumbers>
<t:AssistantName>Per Example</t:AssistantName>
<t:Birthday>1980-02-29T00:00:00Z</t:Birthday>
<t:BusinessHomePage>https://ida.example.com/</t:BusinessHomePage>
<t:Children><t:String>Ada</t:String><t:String>Eva</t:String></t:Children>
<t:Companies><t:String>Kings</t:String><t:String>Queens</t:String></t:Companies>
<t:Department>Examples</t:Department>
<t:Generation>Jr.</t:Generation>
<t:ImAddresses>
{_entries(["ImAddress1", "ImAddress2", "ImAddress3"], "sip:ida")}
</t:ImAddresses>
<t:JobTitle>Head of Examples</t:JobTitle>
<t:Manager>Ola Example</t:Manager>
<t:Mileage>64 squares</t:Mileage>
<t:OfficeLocation>Room 7</t:OfficeLocation>
<t:PostalAddressIndex>Home</t:PostalAddressIndex>
<t:Profession>Economist</t:Profession>
<t:SpouseName>Eva Example</t:SpouseName>
<t:Surname>Example</t:Surname>
<t:WeddingAnniversary>2001-01-01T00:00:00Z</t:WeddingAnniversary>
"""

EVERYTHING = f"<t:Contact>{COMMON}{OWN}</t:Contact>"
