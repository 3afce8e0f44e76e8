using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The account's owner lets the agency, or the operator's people, in for a time.</summary>
public sealed record GrantSupport
{
    /// <summary><c>agency</c> or <c>operator</c>.</summary>
    [Required(ErrorMessage = "Say whom you let in."), RegularExpression("^(agency|operator)$", ErrorMessage = "Say whom you let in.")]
    public string To { get; set; } = "agency";

    /// <summary>Hours: 1, 24 or 168.</summary>
    [Required(ErrorMessage = "Say for how long."), RegularExpression("^(1|24|168)$", ErrorMessage = "Choose an hour, a day, or seven days.")]
    public string Hours { get; set; } = "1";

    /// <summary><c>look</c> or <c>work</c>.</summary>
    [Required(ErrorMessage = "Say what they may do."), RegularExpression("^(look|work)$", ErrorMessage = "Say what they may do.")]
    public string May { get; set; } = SupportGrant.Look;

    [Required(ErrorMessage = "Say what it is about: they read it before they come in."), StringLength(SupportGrant.LongestReason, ErrorMessage = "A reason has at most 300 characters.")]
    public string Reason { get; set; } = "";
}

public sealed class GrantSupportHandler(PluraDb db, Tenant tenant, Actor actor, RoleBook roles, INotices notices, IAudit audit, TimeProvider clock)
{
    /// <summary>The kind of the notice.</summary>
    public const string Notice = "support_granted";

    public async Task<Result<Guid>> Handle(GrantSupport command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        // Nobody hands on what is not theirs: whoever comes in to work may what a member may.
        var given = roles.OfMember(command.May == SupportGrant.Work ? Membership.Member : Membership.ReadOnly, own: null);
        if (given.Any(permission => !actor.May(permission)))
            return Refusal.Forbidden("support.more_than_yours", "They could do more here than you can yourself. Ask an owner of the account to let them in.");
        var now = clock.GetUtcNow();
        var agency = await db.Accounts.Where(a => a.Id == tenant.Id).Select(a => a.AgencyId).FirstAsync(ct);
        var ends = now.AddHours(int.Parse(command.Hours, System.Globalization.CultureInfo.InvariantCulture));
        var grant = SupportGrant.Give(command.To == "agency" ? agency : null, command.May, command.Reason, actor.Id!.Value, now, ends);
        db.SupportGrants.Add(grant);
        audit.Note("support.grant", grant.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["to"] = command.To, ["hours"] = command.Hours, ["may"] = command.May });
        notices.Post(Notice, $"{actor.Name} let {(command.To == "agency" ? "your agency" : "whoever runs this installation")} in to {(command.May == SupportGrant.Work ? "look and work" : "look")} until {ends.ToString("d MMMM HH:mm", System.Globalization.CultureInfo.InvariantCulture)} (UTC). It can be ended at once, under Settings, Support access.", link: null, "Support was let into your account");
        await db.SaveChangesAsync(ct);
        return grant.Id;
    }
}

/// <summary>Ends a grant at once: whoever is inside by it is outside with their next click, and their open pages stop.</summary>
public sealed record EndSupport
{
    public Guid Id { get; set; }
}

public sealed class EndSupportHandler(PluraDb db, Actor actor, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(EndSupport command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var now = clock.GetUtcNow();
        if (!await db.SupportGrants.AnyAsync(g => g.Id == command.Id, ct))
            return Refusal.NotFound("support.unknown", "There is no such access.");
        // It was ended a moment ago by somebody else, or by the clock: what was wanted is so.
        if (await db.SupportGrantEnds.AnyAsync(e => e.GrantId == command.Id, ct) || await db.SupportGrants.AnyAsync(g => g.Id == command.Id && g.EndsAt <= now, ct))
            return Result.Done;
        db.SupportGrantEnds.Add(SupportGrantEnd.Of(command.Id, actor.Id!.Value, now));
        audit.Note("support.end", command.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
