using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>A message that was on its way when the line or the program broke: nobody knows whether it arrived, so a person decides.</summary>
/// <param name="Subject">As it was written; where it says something else to each, "…".</param>
/// <param name="To">The person's name or address; null where they are gone.</param>
/// <param name="At">When it went out and no answer came.</param>
public sealed record UnclearLetter(Guid SendId, string Subject, string? To, string? Address, DateTimeOffset At);

/// <summary>All unclear messages of the account that this scope works in, of whatever origin.</summary>
public sealed partial class UnclearLetters(PluraDb db, IContactDirectory contacts, IAccountDirectory people)
{
    /// <summary>As many as one page shows: what is decided makes room for the others.</summary>
    public const int Most = 50;

    public Task<int> Count(CancellationToken ct) => Unclear.CountAsync(ct);

    public async Task<IReadOnlyList<UnclearLetter>> Newest(CancellationToken ct)
    {
        var sends = await Unclear.OrderByDescending(s => s.FinishedAt).ThenByDescending(s => s.Id).Take(Most)
            .Join(db.Contents, s => s.ContentId, c => c.Id, (s, c) => new { s.Id, s.ContactId, s.ContactPointId, ToUser = s.Origin == "system" || s.Origin == "test", At = s.FinishedAt ?? s.PlannedAt, Subject = c.Text ?? c.Subject, ByPhone = c.Channel == Channels.Sms })
            .OrderByDescending(s => s.At).ThenByDescending(s => s.Id).ToListAsync(ct);
        var cards = await contacts.Cards([.. sends.Where(s => !s.ToUser).Select(s => s.ContactId).Distinct()], ct);
        // A letter to one of the installation's people stands in the ledger under the letter's own point; a test goes to its writer, whoever it is about.
        var points = sends.Where(s => s.ToUser).Select(s => s.ContactPointId).ToList();
        var letters = await db.PostedLetters.AsNoTracking().Where(l => points.Contains(l.PointId) && !l.ToOperator).Select(l => new { l.PointId, l.RecipientId }).Distinct().ToDictionaryAsync(l => l.PointId, l => l.RecipientId, ct);
        var users = await people.Users([.. letters.Values.Distinct()], ct);
        return [.. sends.Select(s =>
        {
            var (card, user) = (cards.GetValueOrDefault(s.ContactId), users.GetValueOrDefault(letters.GetValueOrDefault(s.ContactPointId)));
            return new UnclearLetter(s.Id, Plain(s.Subject), card?.Name ?? user?.Name, s.ByPhone ? card?.Phone : card?.Email ?? user?.Email, s.At);
        })];
    }

    private IQueryable<Send> Unclear => db.Sends.AsNoTracking().Where(s => s.State == SendStates.Unknown);

    private static string Plain(string subject) => MergeField().Replace(subject, "…");

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex MergeField();
}
