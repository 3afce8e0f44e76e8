using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The account's people answer to a stop or a hold. A person of the operator reads it and decides.</summary>
public sealed record AnswerStop
{
    [Required(ErrorMessage = "Write what we should know."), StringLength(AccountAppeal.LongestText, ErrorMessage = "An answer has at most 2,000 characters.")]
    public string Text { get; set; } = "";
}

public sealed class AnswerStopHandler(PluraDb db, Tenant tenant, Actor actor, ISystemMail mail, IAudit audit, TimeProvider clock)
{
    /// <summary>Of one person to one stop: nobody can use up the answer of somebody else.</summary>
    public const int Most = 5;

    public async Task<Result> Handle(AnswerStop command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var account = tenant.Id;
        if (await db.AccountStops.FirstOrDefaultAsync(s => s.AccountId == account && s.EndedAt == null, ct) is not { } stop)
            return Refusal.Conflict("stop.none", "Your account is not stopped any more: there is nothing to answer to.");
        if (await db.AccountAppeals.CountAsync(a => a.StopId == stop.Id && a.UserId == actor.Id, ct) >= Most)
            return Refusal.Limit("stop.answers", "You have answered five times, and we read every one. Please wait for our letter, or write by the contact page.");
        var now = clock.GetUtcNow();
        db.AccountAppeals.Add(AccountAppeal.To(stop.Id, actor.Id!.Value, command.Text, now));
        stop.Answered();
        var name = await db.Accounts.Where(a => a.Id == account).Select(a => a.Name).FirstAsync(ct);
        mail.Post(new SystemLetter("account_answer", stop.Id, Guid.CreateVersion7(now), ToOperator: true, new Dictionary<string, string>(StringComparer.Ordinal) { ["account"] = name, ["path"] = $"/operator/review/{stop.Id}" }));
        audit.Note("account.answer_stop", stop.Id);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Conflict("stop.moved", "We decided about your account at this very moment. Have a look, and send your answer again if it still matters.");
        }

        return Result.Done;
    }
}
