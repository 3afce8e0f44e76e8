using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Attached files for the file with everything.</summary>
internal static class TakenFiles
{
    extension(StoredFiles store)
    {
        /// <summary>The bytes of these under their ids and names; what is not on disk any more is left out.</summary>
        internal async IAsyncEnumerable<TakenBytes> Taken(IQueryable<KeptFile> files, string about, [EnumeratorCancellation] CancellationToken ct)
        {
            await foreach (var file in files.AsAsyncEnumerable().WithCancellation(ct))
            {
                if (store.Exists(file.StoredAs))
                    yield return new TakenBytes($"files/{file.Id}-{file.FileName}", about, () => store.Open(file.StoredAs));
            }
        }
    }
}

/// <summary>Whose row says what it is called, and under which name its bytes lie.</summary>
internal sealed record KeptFile(Guid Id, string FileName, string StoredAs);
