using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Asks people into the account by e-mail. Answers the same whether or not an address has a user already.</summary>
public sealed record InvitePeople
{
    public const int Most = 20;

    /// <summary>Addresses, one a line or separated by commas.</summary>
    [Required(ErrorMessage = "Enter at least one e-mail address."), StringLength(6000, ErrorMessage = "Invite at most 20 people at once.")]
    public string Emails { get; set; } = "";

    /// <summary>A built-in role's word, or the id of one of the account's own.</summary>
    [Required(ErrorMessage = "Choose a role.")]
    public string Role { get; set; } = Membership.Member;

    [RegularExpression("all|team|mine", ErrorMessage = "Choose what they see.")]
    public string Sight { get; set; } = Sights.All;

    public List<Guid> Teams { get; set => field = value ?? []; } = [];
}

public sealed class InvitePeopleHandler(PluraDb db, Tenant tenant, Actor actor, RoleChoices roles, InvitationLinks links, InvitationLimits limits, ISystemMail mail, IAudit audit, TimeProvider clock)
{
    /// <summary>A list that a person can still look through.</summary>
    private const int MostWaiting = 200;

    private static readonly char[] Separators = ['\n', '\r', ',', ';', ' ', '\t'];
    private static readonly EmailAddressAttribute Address = new();

    /// <summary>Answers how many were invited.</summary>
    public async Task<Result<int>> Handle(InvitePeople command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var role = await roles.Give(command.Role, ct);
        if (role.Refusal is { } refusal)
            return refusal;
        if (role.Value.Role == Membership.Owner && command.Sight != Sights.All)
            return Refusal.Invalid("person.owner_sight", "An owner sees everything.", nameof(command.Sight));
        var emails = command.Emails.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(e => e.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();
        if (emails.Find(e => !Address.IsValid(e) || e.Length > 254) is { } wrong)
            return Wrong("invite.address", $"“{(wrong.Length > 60 ? wrong[..60] + "…" : wrong)}” does not look like an e-mail address.");
        if (emails.Count > InvitePeople.Most)
            return Wrong("invite.many", $"Invite at most {InvitePeople.Most} people at once.");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await limits.Exceeded(tenant.Id, emails.Count, ct) is { } exceeded)
            return exceeded;
        if (await Known(emails, ct) is { } known)
            return known;

        var now = clock.GetUtcNow();
        var teams = await db.Teams.Where(t => command.Teams.Contains(t.Id)).Select(t => t.Id).ToListAsync(ct);
        foreach (var email in emails)
        {
            var invitation = Invitation.To(tenant.Id, email, role.Value.Role, role.Value.RoleId, command.Sight, teams, actor.Id, now);
            invitation.Send(links.Hash, now);
            db.Invitations.Add(invitation);
            mail.Post(InvitationLetter.Of(invitation, now));
        }

        audit.Note("account.invite", null, new Dictionary<string, string>(StringComparer.Ordinal) { ["count"] = emails.Count.ToString(CultureInfo.InvariantCulture), ["role"] = role.Value.Value, ["sight"] = command.Sight });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return emails.Count;
    }

    private async Task<Refusal?> Known(List<string> emails, CancellationToken ct)
    {
        var here = await db.Memberships.Where(m => m.AccountId == tenant.Id).Join(db.Users, m => m.UserId, u => u.Id, (_, u) => u.NormalizedEmail!).ToListAsync(ct);
        if (emails.Find(e => here.Contains(e.ToUpperInvariant(), StringComparer.Ordinal)) is { } member)
            return Wrong("invite.here", $"{member} belongs to this account already.");
        var now = clock.GetUtcNow();
        var waiting = await db.Invitations.Where(i => i.AccountId == tenant.Id && i.TakenAt == null && i.WithdrawnAt == null && i.ExpiresAt > now).Select(i => i.Email).ToListAsync(ct);
        if (emails.Find(e => waiting.Contains(e, StringComparer.Ordinal)) is { } asked)
            return Wrong("invite.waiting", $"{asked} is invited already. Send the invitation again from the list.");
        return waiting.Count + emails.Count > MostWaiting ? Refusal.Limit("invite.limit", $"At most {MostWaiting} invitations wait at a time. Withdraw some first.") : null;
    }

    private static Refusal Wrong(string code, string text) => Refusal.Invalid(code, text, nameof(InvitePeople.Emails));
}

internal static class InvitationLetter
{
    /// <summary>Names the invitation and nothing else: address and link are asked for when it is sent.</summary>
    public static SystemLetter Of(Invitation invitation, DateTimeOffset now) =>
        new("invitation", invitation.Id, Guid.CreateVersion7(now), ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal));
}
