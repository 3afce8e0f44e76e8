using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Files in the account's own fields in the file with everything; the files themselves too.</summary>
internal sealed class FieldFilesPart(PluraDb db, StoredFiles store) : IAccountPart
{
    public string Folder => "field-files";

    public IReadOnlyList<TakenTable> Tables { get; } =
    [
        TakenTable.Of<FieldFile>("files", "Files in your own fields; the files themselves stand in the folder files under their ids.", ("Id", "Its id, with which its file's name and the field's value begin"), ("FieldId", "The field, as in contacts/fields.csv"), ("Entity", "Of a contact, a company or an opportunity"), ("OwnerId", "Which one; empty while nothing has it"), ("FileName", "Its name"), ("Bytes", "Its size"), ("Sha256", "Its checksum"), ("At", "When it was uploaded"), ("By", "By whom"), ("ById", "Their id"), ("RemovedAt", "Since when another one stands in its place")) with
        {
            Without = [("StoredAs", "a name on our disk; the file itself is here")],
        },
    ];

    public IAsyncEnumerable<TakenBytes> Bytes(CancellationToken ct) =>
        store.Taken(db.FieldFiles.AsNoTracking().OrderBy(f => f.Id).Select(f => new KeptFile(f.Id, f.FileName, f.StoredAs)), "A file that stands in one of your own fields.", ct);
}
