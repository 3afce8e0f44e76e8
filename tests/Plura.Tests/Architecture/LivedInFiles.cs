using Plura.Tests.Contacts;

namespace Plura.Tests.Architecture;

/// <summary>Files in fields of the account in which everything has happened.</summary>
internal sealed partial class LivedIn
{
    /// <summary>Of each kind of thing one with a file in a field.</summary>
    private async Task FilesInFields(Guid contact, Guid company, Guid card)
    {
        foreach (var (entity, path, id) in ((string, string, Guid)[])[("contact", "contacts", contact), ("company", "companies", company), ("opportunity", "opportunities", card)])
        {
            var value = await account.Upload(await account.ContractField(entity));
            Assert.Null(await account.PutFields($"{path}/{id}", new { contract = value }));
            Add($"/{path}", "key", "contract");
        }
    }
}
