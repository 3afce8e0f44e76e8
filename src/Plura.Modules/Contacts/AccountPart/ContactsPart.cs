using System.Globalization;
using System.Runtime.CompilerServices;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>The address book and its story, in the file with everything: once as people read it, once as it is stored.</summary>
internal sealed class ContactsPart(ListContactsHandler list, FieldBook fieldBook) : IAccountPart
{
    private const int BatchSize = 1000;
    private const string Contact = "The contact, as in contacts.csv";
    private const string Company = "The company, as in companies.csv";

    public string Folder => "contacts";

    public IReadOnlyList<TakenTable> Tables { get; } =
    [
        TakenTable.Of<Contact>("contacts", "Everybody in the address book.", ("Id", "The contact's id"), ("FirstName", "First name"), ("LastName", "Last name"), ("Company", "Company"), ("CompanyId", "The company, as in companies.csv"), ("Fields", "Your own fields, as JSON"), ("Minor", "Known to be under age"), ("DateOfBirth", "Date of birth"), ("TimeZone", "Time zone"), ("Street", "Street and number"), ("PostalCode", "Postal code"), ("City", "City"), ("Region", "State or region"), ("Country", "Country"), ("Source", "Where the contact came from"), ("ExternalId", "Its id where it came from"), ("AssigneeId", "Who looks after it, as in account/people.csv"), ("CreatedAt", "Since when"), ("UpdatedAt", "Changed last")) with
        {
            Without = [("SortName", "made from the names, for sorting"), ("SearchText", "made from names and addresses, for searching")],
        },
        TakenTable.Of<ContactPoint>("addresses", "E-mail addresses and telephone numbers.", ("Id", "Its id"), ("ContactId", Contact), ("Kind", "email or phone"), ("Value", "As it was written"), ("Normal", "In its one form"), ("IsPrimary", "The one that is written to"), ("Position", "Which of several"), ("Label", "What you call it"), ("AddressKey", "Its fingerprint: permissions are kept by it")),
        TakenTable.Of<Tag>("tags", "Tags.", ("Id", "Its id"), ("Name", "What it is called"), ("Normal", "The same in one form")),
        TakenTable.Of<ContactTag>("contact-tags", "Which contact has which tag.", ("ContactId", Contact), ("TagId", "The tag, as in tags.csv")),
        TakenTable.Of<CustomField>("fields", "Your own fields.", ("Id", "Its id"), ("Key", "Its name in files"), ("Label", "What it is called"), ("Kind", "What can be in it"), ("Entity", "Of contacts or of companies"), ("Choices", "What can be chosen, one a line"), ("Currency", "Of money"), ("GroupName", "The heading it stands under"), ("IsRequired", "Whether it must be filled in"), ("IsUnique", "Whether no two may have the same"), ("Privacy", "What it says about a person"), ("Position", "Its place"), ("RetiredAt", "Since when it is no longer asked for")),
        TakenTable.Of<UniqueValue>("unique-values", "Who has a value that only one may have.", ("FieldId", "The field, as in fields.csv"), ("Normal", "The value in one form"), ("ContactId", Contact), ("CompanyId", Company)),
        TakenTable.Of<Company>("companies", "The companies that contacts work for.", ("Id", "The company's id"), ("Name", "What it is called"), ("Normal", "The same in one form"), ("Website", "Its web address"), ("Phone", "Its telephone number"), ("Street", "Street and number"), ("PostalCode", "Postal code"), ("City", "City"), ("Region", "State or region"), ("Country", "Country"), ("Fields", "Your own fields, as JSON"), ("AssigneeId", "Who looks after it, as in account/people.csv"), ("CreatedAt", "Since when"), ("UpdatedAt", "Changed last")) with
        {
            Without = [("SearchText", "made from the name and the address, for searching")],
        },
        TakenTable.Of<CompanyChange>("company-changes", "What was changed in a company.", ("Id", "Its id"), ("CompanyId", Company), ("At", "When"), ("By", "Who"), ("ById", "Their id"), ("What", "What kind of change"), ("Values", "Old and new, as JSON")),
        TakenTable.Of<BinnedCompany>("company-bin", "Deleted companies that can be brought back.", ("Id", "The company's id"), ("Name", "Its name"), ("DeletedAt", "When"), ("DeletedBy", "Who"), ("Snapshot", "What it was, as JSON")),
        TakenTable.Of<ContactFollower>("followers", "Who follows which contact.", ("ContactId", Contact), ("UserId", "Who, as in account/people.csv"), ("Since", "Since when")),
        TakenTable.Of<SmartList>("smart_lists", "Smart lists.", ("Id", "Its id"), ("Name", "What it is called"), ("Normal", "The same in one form"), ("Filter", "What it looks for, as JSON"), ("Columns", "What it shows"), ("Sort", "In which order"), ("OwnerId", "Whose it is alone, as in account/people.csv"), ("CreatedAt", "Since when"), ("Version", "How often it was changed"), ("RemovedAt", "When it was deleted")),
        TakenTable.Of<BinnedContact>("bin", "Deleted contacts that can be brought back.", ("Id", "The contact's id"), ("Name", "Its name"), ("DeletedAt", "When"), ("DeletedBy", "Who"), ("Snapshot", "What it was, as JSON")),
        TakenTable.Of<ContactSettings>("settings", "How contacts are told apart.", ("AllowDuplicates", "Whether the same address may be there twice"), ("MatchFirst", "What is compared first")),
        TakenTable.Of<ContactChange>("changes", "What was changed in a contact.", ("Id", "Its id"), ("ContactId", Contact), ("At", "When"), ("By", "Who"), ("ById", "Their id"), ("What", "What kind of change"), ("Values", "Old and new, as JSON")),
        TakenTable.Of<Import>("imports", "Lists that were imported.", ("Id", "Its id"), ("FileName", "The file"), ("Bytes", "Its size"), ("Rows", "Its rows"), ("RowsRead", "How many of them were read"), ("DryRun", "Only tried out"), ("Mapping", "Which column is what, as JSON"), ("Shape", "How the file is built, as JSON"), ("Policy", "What to do with known contacts"), ("Attestation", "What was said about permission, as JSON"), ("Tags", "Tags that were given"), ("State", "How it stands"), ("Phase", "What it was doing last"), ("Percent", "How far it came"), ("Counts", "What came of it, as JSON"), ("Failure", "What went wrong"), ("StartedBy", "Who"), ("StartedById", "Their id"), ("StartedByKind", "A person or a program"), ("EmailAttestationId", "The permission to write, as in privacy/permissions.csv"), ("SmsAttestationId", "The permission to text, the same"), ("FirstId", "The first contact it made"), ("LastId", "The last"), ("CreatedAt", "When"), ("FinishedAt", "When it was done"), ("UndoneAt", "When it was taken back"), ("UndoResult", "What came of that, as JSON"), ("FilesRemovedAt", "When we deleted the file")) with
        {
            Without = [("StoredAs", "a name on our disk; the file itself was yours, and is deleted after 30 days")],
        },
        TakenTable.Of<KeptMapping>("import-columns", "Where the columns of known files go.", ("Id", "Its id"), ("Name", "What it is called"), ("Normal", "The same in one form"), ("Columns", "Each column and where it goes, as JSON"), ("Tags", "Tags that everybody of such a file gets, as JSON"), ("Policy", "What to do with known contacts"), ("KeptAt", "When it was kept")),
        TakenTable.Of<ImportChange>("import-changes", "What an import changed in contacts that were there.", ("ImportId", "The import, as in imports.csv"), ("ContactId", Contact), ("Before", "What it was, as JSON"), ("After", "What it became, as JSON"), ("TagsAdded", "Tags it gave, by their ids"), ("UpdatedBefore", "When it had been changed before")),
        TakenTable.Of<Duplicate>("duplicates", "Contacts that look like the same person.", ("FirstId", Contact), ("SecondId", "The other contact"), ("GroupId", "What hangs together has the same"), ("ByEmail", "They share an e-mail address"), ("ByPhone", "They share a phone number"), ("ByName", "They share name and company")),
        TakenTable.Of<NotSame>("not-the-same", "Contacts that somebody told apart.", ("FirstId", Contact), ("SecondId", "The other contact"), ("SaidId", "What was said at once has the same"), ("At", "When"), ("By", "Who"), ("ById", "Their id")),
        TakenTable.Of<DuplicateSearch>("duplicate-search", "The last search for duplicates.", ("AskedAt", "When it was asked for"), ("FinishedAt", "When it was done"), ("Groups", "How many groups it found"), ("Failure", "What went wrong")),
        TakenTable.Of<MergedContact>("merges", "Contacts that became one.", ("Id", "Its id"), ("WinnerId", "The contact that stayed, as in contacts.csv"), ("LoserId", "The id of the one that went"), ("LoserName", "Its name"), ("At", "When"), ("By", "Who"), ("ById", "Their id"), ("Loser", "What the one that went was, as JSON"), ("Winner", "What the one that stayed was before, as JSON"), ("After", "What it became, as JSON"), ("Moved", "What came along, as JSON"), ("UndoneAt", "When it was taken back"), ("UndoneBy", "By whom"), ("UndoneById", "Their id")),
        TakenTable.Of<BulkAction>("bulk-actions", "Changes of many contacts at once.", ("Id", "Its id"), ("Kind", "What was done"), ("Filter", "To which contacts, as JSON"), ("Value", "What they got, as JSON"), ("Assignees", "Whose contacts, where not everybody's"), ("State", "How it stands"), ("Chosen", "Whether its contacts stand in bulk-batches.csv"), ("Total", "How many contacts"), ("Reached", "How many of them it came to"), ("Changed", "How many it changed"), ("PutBack", "How many were put back"), ("Failure", "What went wrong"), ("StartedBy", "Who"), ("StartedById", "Their id"), ("StartedByKind", "A person or a program"), ("UndoneBy", "Who took it back"), ("UndoneById", "Their id"), ("UndoneByKind", "A person or a program"), ("CreatedAt", "When"), ("FinishedAt", "When it was done"), ("UndoneAt", "When it was taken back")),
        TakenTable.Of<BulkBatch>("bulk-batches", "The contacts of those changes, many in a line.", ("BulkActionId", "The change, as in bulk-actions.csv"), ("Number", "Which of its batches"), ("State", "0 waiting, 1 done, 2 put back"), ("Contacts", "The contacts that were chosen, as in contacts.csv"), ("Changed", "Those that were changed"), ("Before", "What each of the changed had before, as JSON")),
    ];

    public IReadOnlyDictionary<Type, string> LeftOut { get; } = new Dictionary<Type, string> { [typeof(GoneContact)] = "the ids of contacts that were deleted since yesterday; who they were stands in bin.csv", [typeof(SearchLine)] = "made from names and addresses, for searching" };

    public async Task<IReadOnlyList<TakenFile>> Files(CancellationToken ct)
    {
        var fields = await fieldBook.Every(CustomField.OnContacts, ct);
        (string, string)[] columns = [("First name", "First name"), ("Last name", "Last name"), ("Company", "Company"), ("E-mails", "All e-mail addresses, the one that is written to first"), ("Phones", "All telephone numbers, the same"), ("Tags", "All tags"), ("Date of birth", "Date of birth"), ("Address", "Where they are found by post"), ("Time zone", "Time zone"), ("Source", "Where the contact came from"), ("Added", "Since when"), ("Id", Contact), .. fields.Select(f => (f.Label, "Your field"))];
        return [new("address-book", "The contacts as a list that any address book takes.", columns, token => AddressBook(fields, token))];
    }

    private async IAsyncEnumerable<IReadOnlyList<string?>> AddressBook(IReadOnlyList<CustomField> fields, [EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = (await list.Read(new ListContacts { Cursor = cursor, Limit = BatchSize }, found: null, ct)).Value;
            foreach (var c in page.Items)
            {
                yield return
                [
                    c.FirstName, c.LastName, c.Company, string.Join(", ", c.Emails.Select(e => e.Normal)), string.Join(", ", c.Phones.Select(p => p.Normal)), string.Join(", ", c.Tags),
                    c.DateOfBirth?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), new PostalPlace(c.Street, c.PostalCode, c.City, c.Region, c.Country).ToString(), c.TimeZone, c.Source,
                    c.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), c.Id.ToString(), .. fields.Select(f => FieldValues.Listed(f, c.Fields.GetValueOrDefault(f.Key, ""))),
                ];
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }
}

/// <summary>Uploaded lists stand on disk; with the account's end its folder goes.</summary>
internal sealed class RemoveUploads(Plura.Platform.DataFolder folder) : IAccountRemains
{
    public Task Remove(Guid account, CancellationToken ct)
    {
        var path = Path.Combine(folder.Files, account.ToString("N"));
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        return Task.CompletedTask;
    }
}
