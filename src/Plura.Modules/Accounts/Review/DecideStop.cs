using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A person of the operator has looked at a stop: lets the account go on, or leaves it stopped, and writes a sentence that its owners get.</summary>
public sealed record DecideStop
{
    public Guid StopId { get; set; }

    /// <summary>As the page showed it: whoever decides must have seen the last answer and the last decision.</summary>
    public int Version { get; set; }

    [Required(ErrorMessage = "Choose what to do."), RegularExpression("^(release|keep)$", ErrorMessage = "Choose what to do.")]
    public string Do { get; set; } = "release";

    [Required(ErrorMessage = "Write a sentence: the account’s owners get it by mail."), StringLength(AccountStop.LongestReason, ErrorMessage = "A sentence has at most 500 characters.")]
    public string Sentence { get; set; } = "";
}

public sealed class DecideStopHandler(PluraDb db, Actor actor, BothLogs logs, INotices notices, StopLetters letters, TimeProvider clock)
{
    private static readonly Refusal Late = Refusal.Conflict("review.moved", "Somebody else decided, or the account answered, since you opened this page. Read it again, then decide.");

    public async Task<Result> Handle(DecideStop command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.AccountStops.FirstOrDefaultAsync(s => s.Id == command.StopId, ct) is not { } stop)
            return Refusal.NotFound("review.unknown", "There is no such review.");
        if (!stop.Open || stop.Version != command.Version)
            return Late;
        var (now, account) = (clock.GetUtcNow(), await db.Accounts.FirstAsync(a => a.Id == stop.AccountId, ct));
        var release = command.Do == "release";
        if (release)
            stop.End(command.Sentence, actor.Id, now);
        else
            stop.Keep(command.Sentence, actor.Id, now);
        account.Obey(stop);
        await letters.Tell(account, stop, release ? "Your account may send again" : "Your account stays stopped", command.Sentence, ct);
        if (release)
            db.Publish(new AccountReleased(account.Id), account.Id);
        logs.Note(release ? "operator.release_account" : "operator.keep_stop", account.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["signals"] = stop.Codes });
        notices.Post(Misuse.Notice, $"Whoever runs this installation looked at your account: “{command.Sentence}”", release ? null : Misuse.Page);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Late;
        }

        return Result.Done;
    }
}
