using Plura.Tests.Contacts;

namespace Plura.Tests.Architecture;

/// <summary>Files in fields of the account in which everything has happened.</summary>
internal sealed partial class LivedIn
{
    /// <summary>Of each kind of thing those that we have with a file in a field.</summary>
    private async Task FilesInFields(Guid[] contacts, Guid company, Guid card)
    {
        foreach (var (entity, path, ids) in ((string, string, Guid[])[])[("contact", "contacts", contacts), ("company", "companies", [company]), ("opportunity", "opportunities", [card])])
        {
            var field = await account.ContractField(entity);
            foreach (var id in ids)
                Assert.Null(await account.PutFields($"{path}/{id}", new { contract = await account.Upload(field) }));
            Add($"/{path}", "key", "contract");
        }
    }
}
