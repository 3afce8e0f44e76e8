using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A person ends their own sign-in: they leave everything that they belong to, and are forgotten.</summary>
public sealed record DeleteSignIn
{
    [Required(ErrorMessage = "Type your e-mail address: that is how we know you mean it."), StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters.")]
    public string Email { get; set; } = "";
}

public sealed class DeleteSignInHandler(PluraDb db, Actor actor, Ties ties, Operators operators, IServiceScopeFactory scopes, ISystemMail mail, IAudit audit)
{
    /// <summary>The logs keep it under this act, with the id alone.</summary>
    public const string Act = "account.delete_sign_in";

    /// <summary>The kind of the letter that says it is done.</summary>
    public const string Letter = "sign_in_deleted";

    public async Task<Result> Handle(DeleteSignIn command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var me = actor.Id!.Value;
        var person = await db.Users.AsNoTracking().SingleAsync(u => u.Id == me, ct);
        var (email, name) = (person.Email!, person.Name);
        if (string.Equals(email, DemoAccount.OwnerEmail, StringComparison.Ordinal))
            return Refusal.Conflict("leave.demo", "Everybody who looks at the demo shares this sign-in, so it stays.");
        if (operators.Addresses.Contains(email))
            return Refusal.Conflict("leave.operator", "The settings of this installation name you as its operator. Have your address taken out of them first.");
        if (!string.Equals(command.Email.Trim(), email, StringComparison.OrdinalIgnoreCase))
            return Refusal.Invalid("leave.email", $"That is not your address. Type “{email}”.", nameof(command.Email));
        if (await Held(me, ct) is { } held)
            return held;
        // By the rules of leaving each, and into each one's own log. Broken off in between, the person is still there and goes on with another press.
        foreach (var account in await db.Memberships.Where(m => m.UserId == me).Select(m => m.AccountId).ToListAsync(ct))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().Become(ActorKind.User, me, name, []);
            if ((await scope.ServiceProvider.GetRequiredService<LeaveAccountHandler>().Handle(new LeaveAccount { AccountId = account }, ct)).Refusal is { } refusal)
                return refusal;
        }

        return await Forget(me, email, name, ct);
    }

    private async Task<Result> Forget(Guid me, string email, string name, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two owners who go at once must not leave none: as when somebody is taken from the desk.
        await db.Database.ExecuteSqlAsync($"select from accounts.agency where id in (select agency_id from accounts.agency_member where user_id = {me}) order by id for update", ct);
        if (await Held(me, ct) is { } held)
            return held;
        await db.AgencyMembers.Where(m => m.UserId == me).ExecuteDeleteAsync(ct);
        mail.Post(new SystemLetter(Letter, me, me, ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = email, ["name"] = name }));
        audit.Note(Act, me);
        await db.SaveChangesAsync(ct);
        // Names stand in long stories, and are looked for in all of them.
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        if (!await db.Database.SqlQuery<bool>($"""select accounts.forget_person({me}) as "Value" """).SingleAsync(ct))
            return Refusal.Conflict("leave.meanwhile", "Somebody has just let you into an account. Look at your accounts, and come back.");
        await transaction.CommitAsync(ct);
        return Result.Done;
    }

    private async Task<Refusal?> Held(Guid me, CancellationToken ct) => await ties.Of(me, ct) is { Count: > 0 } held
        ? Refusal.Conflict("leave.sole_owner", $"You are the only owner of {string.Join(", ", held.Select(t => t.Desk ? $"the agency’s desk {t.Name}" : t.Name))}. Close it, or make somebody else an owner first.")
        : null;
}
