using System.Runtime.CompilerServices;
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

    public async IAsyncEnumerable<TakenBytes> Bytes([EnumeratorCancellation] CancellationToken ct)
    {
        var files = db.FieldFiles.AsNoTracking().OrderBy(f => f.Id).Select(f => new { f.Id, f.FileName, f.StoredAs });
        await foreach (var file in files.AsAsyncEnumerable().WithCancellation(ct))
        {
            if (store.Exists(file.StoredAs))
                yield return new($"files/{file.Id}-{file.FileName}", "A file that stands in one of your own fields.", () => store.Open(file.StoredAs));
        }
    }
}
