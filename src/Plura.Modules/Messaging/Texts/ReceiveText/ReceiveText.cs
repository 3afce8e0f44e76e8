using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>A text came in for one of our numbers. Taken once, however often the provider tells of it.</summary>
public sealed record ReceiveText
{
    /// <summary>The provider's own id of the message.</summary>
    [Required(ErrorMessage = "The message has no id."), StringLength(200, ErrorMessage = "The message’s id is too long.")]
    public string ProviderId { get; set; } = "";

    [Required(ErrorMessage = "Say from which number it comes.")]
    public string From { get; set; } = "";

    [Required(ErrorMessage = "Say to which number it goes.")]
    public string To { get; set; } = "";

    /// <summary>May be empty: a picture alone says nothing.</summary>
    [StringLength(20_000, ErrorMessage = "The message is too long.")]
    public string Text { get; set; } = "";

    /// <summary>Pictures and other files that came along.</summary>
    [MaxLength(10, ErrorMessage = "A message has at most ten files.")]
    public IReadOnlyList<TextMedia> Media { get; set; } = [];
}

/// <param name="TextId">The row that keeps it.</param>
/// <param name="AccountId">Whose message it is.</param>
/// <param name="Meaning">See <see cref="TextMeanings"/>.</param>
public sealed record TakenText(Guid TextId, Guid AccountId, string Meaning);

/// <summary>
/// Outside any account: finds out whose the message is. A stop or a start counts for every account that shares the number, and for those that begin to write from it
/// later; the message itself goes to the one that wrote to its sender last. What comes for a number from which nobody has written yet goes to those who run the
/// installation: somebody has to read it.
/// </summary>
public sealed class ReceiveTextHandler(IServiceScopeFactory scopes, TextNumbers numbers, NumberStops numberStops, IAccountDirectory accounts)
{
    public async Task<Result<TakenText>> Handle(ReceiveText command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        // Services text from short numbers and from names.
        if ((E164.Of(command.From) ?? Name(command.From)) is not { } from)
            return Refusal.Invalid("text.from", "The number it comes from is not a telephone number.", nameof(command.From));
        if (E164.Of(command.To) is not { } to)
            return Refusal.Invalid("text.to", "The number it goes to is not a telephone number.", nameof(command.To));
        var text = command with { From = from, To = to, Text = Clean(command.Text) };
        var reading = Keywords.Of(text.Text);
        var sharing = await numbers.Sharing(to, ct);
        if (sharing.Count == 0)
            sharing = [(await accounts.Operator(ct)).Id];
        var owner = await Owner(sharing, from, ct);
        var stop = reading.Meaning is TextMeanings.Stop or TextMeanings.LikelyStop;
        // What a person said is said, also when whoever brings it does not wait for the answer.
        ct = CancellationToken.None;
        // A mere "yes" answers whoever asked, and says nothing to the others.
        var toAll = stop || reading is { Meaning: TextMeanings.Start, OnlyAgain: false };
        // Before the owner keeps it: a text that was told before, and after a later one, changes nothing.
        if (toAll && !await In(owner, services => services.GetRequiredService<TextIntake>().Knows(text, ct)))
            await numberStops.Note(text, stop, ct);
        // The owner's last: whoever tells us again, because we stopped in between, is heard again.
        foreach (var other in sharing.Where(a => toAll && a != owner))
            await In(other, services => services.GetRequiredService<TextIntake>().Heed(text, reading, ct));
        return await In(owner, services => services.GetRequiredService<TextIntake>().Take(text, reading, ct));
    }

    private async Task<Guid> Owner(IReadOnlyList<Guid> sharing, string from, CancellationToken ct)
    {
        if (sharing.Count == 1)
            return sharing[0];
        var standings = new List<(Guid Account, TextStanding Standing)>(sharing.Count);
        foreach (var account in sharing)
            standings.Add((account, await In(account, services => services.GetRequiredService<TextIntake>().Standing(from, ct))));
        return standings.OrderByDescending(s => s.Standing.LastSent ?? DateTimeOffset.MinValue).ThenByDescending(s => s.Standing.Known).First().Account;
    }

    private static string? Name(string from) => from.Trim() is { Length: > 0 and <= 20 } name && name.All(char.IsAsciiLetterOrDigit) ? name : null;

    /// <summary>PostgreSQL takes no NUL and no half of a surrogate pair.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(r => r.Value != 0));

    private async Task<T> In<T>(Guid account, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(account);
        return await work(scope.ServiceProvider);
    }
}
