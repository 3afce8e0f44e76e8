using System.Collections.Concurrent;
using Plura.Accounts.Contracts;

namespace Plura.Messaging;

/// <summary>
/// Letters compiled so far, kept between runs: a campaign that goes out slowly is compiled once and not once a second. Content
/// never changes; where the account does (its postal address stands in the letter), the letter is compiled anew, and after a while in any case:
/// an agency's domain may sign the operator's letters for no longer than it is confirmed.
/// </summary>
public sealed class LetterShelf(TimeProvider clock)
{
    private const int Most = 200;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<Guid, Kept> kept = new();

    public async Task<ICompiledMessage> Take(Guid contentId, AccountCard account, Func<Task<ICompiledMessage>> compile)
    {
        var now = clock.GetUtcNow();
        if (kept.TryGetValue(contentId, out var known) && known.Account == account && now - known.At < Lasts)
            return known.Letter;
        var letter = await compile();
        if (kept.Count >= Most)
            kept.Clear();
        kept[contentId] = new Kept(account, letter, now);
        return letter;
    }

    private sealed record Kept(AccountCard Account, ICompiledMessage Letter, DateTimeOffset At);
}
