using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>The person behind the address says yes: they pressed the button on the page behind the mailed link. Pressing twice is once.</summary>
public sealed record ConfirmConsent
{
    public string Token { get; set; } = "";

    public string? IpAddress { get; set; }

    public string? UserAgent { get; set; }
}

public sealed class ConfirmConsentHandler(PluraDb db, ConsentRequest request, IContactDirectory contacts, IConsentLedger ledger, TimeProvider clock)
{
    private static readonly TimeSpan Valid = TimeSpan.FromDays(30);

    /// <summary>What the link is about, to be shown on the page; reading changes nothing.</summary>
    public async Task<Result<FormSubmission>> Find(string token, CancellationToken ct)
    {
        if (request.Read(token) is not { } id || await db.FormSubmissions.FirstOrDefaultAsync(s => s.Id == id, ct) is not { WaitsFor: not null } submission)
            return Refusal.NotFound("confirm.unknown", "This link is not complete. Open it again from the e-mail, or copy the whole of it.");
        if (submission.ConfirmedAt is null && clock.GetUtcNow() - submission.At > Valid)
            return Refusal.Invalid("confirm.expired", "This link is more than 30 days old and no longer works. Fill in the form once more and we send you a new one.");
        return submission;
    }

    public async Task<Result> Handle(ConfirmConsent command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var found = await Find(command.Token, ct);
        if (found.Refusal is { } refused)
            return refused;
        var submission = found.Value;
        // Two presses at once: the second waits here, and then finds it confirmed.
        await db.Database.ExecuteSqlAsync($"select 1 from sites.form_submission where id = {submission.Id} for update", ct);
        await db.Entry(submission).ReloadAsync(ct);
        if (submission.ConfirmedAt is not null)
            return Result.Done;

        var address = (await contacts.Addresses(submission.ContactId, ct)).FirstOrDefault(a => a.ContactPointId == submission.WaitsFor);
        if (address is null)
            return Refusal.Conflict("confirm.gone", "This address is no longer in our book, so there is nothing to confirm. Fill in the form once more if you like.");
        var form = (await db.FindForm(submission.FormId, ct)).Value;
        submission.Confirm(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        foreach (var box in submission.Ticked.Where(t => t.Channel == Channels.Email))
        {
            var entry = ConsentProof.Of(form, submission, box, address, ConsentDoors.DoubleOptIn);
            var proof = new Dictionary<string, string>(entry.Proof!, StringComparer.Ordinal) { ["confirmed_ip"] = command.IpAddress ?? "", ["confirmed_user_agent"] = command.UserAgent ?? "" };
            await ledger.Append(entry with { Proof = proof }, ct);
        }

        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
