using Microsoft.Extensions.DependencyInjection;

namespace Plura.Tests.Architecture;

/// <summary>What samples of bulk actions need first.</summary>
internal sealed partial class WriteSamples
{
    private async Task<Guid> Bulk(bool ask = false)
    {
        var ann = await Ann();
        var filter = new Plura.Contacts.Condition("name", "not_empty", (IReadOnlyList<string>)[]);
        return (await account.In(s => s.GetRequiredService<Plura.Contacts.StartBulkActionHandler>().Handle(
            new Plura.Contacts.StartBulkAction { Do = "tag", Tag = $"Bulk {++number}", Ids = [ann], Filter = ask ? filter : null, Ask = ask }, default))).Value.Id;
    }
}
