using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Platform;

namespace Plura.Tests.Contacts;

/// <summary>Merges for tests, made through the public handlers.</summary>
internal static class Merges
{
    public static Task<Result<Guid>> TryMerge(this TestAccount account, MergeContacts command) =>
        account.In(s => s.GetRequiredService<MergeContactsHandler>().Handle(command, default));

    public static async Task<Guid> Merge(this TestAccount account, Guid winner, Guid loser, params (string Field, Guid From)[] values)
    {
        var merged = await account.TryMerge(new MergeContacts { Id = winner, Other = loser, Values = values.ToDictionary(v => v.Field, v => v.From, StringComparer.Ordinal) });
        Assert.Null(merged.Refusal);
        return merged.Value;
    }

    public static async Task Unmerge(this TestAccount account, Guid merge) =>
        Assert.Null((await account.In(s => s.GetRequiredService<UnmergeContactsHandler>().Handle(new UnmergeContacts(merge), default))).Refusal);
}
