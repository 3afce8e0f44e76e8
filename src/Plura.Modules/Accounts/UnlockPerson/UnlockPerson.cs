using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Platform.Postgres;

namespace Plura.Accounts;

/// <summary>
/// Somebody's phone and codes are gone, and whoever runs the installation is convinced that it is them: the authenticator app is off, and a
/// letter leads to a new password. Only from the command line of the machine; the mailbox still has to answer.
/// </summary>
public sealed record UnlockPerson
{
    [Required(ErrorMessage = "Say whom.")]
    public string Email { get; set; } = "";
}

/// <param name="User">The person's id.</param>
/// <param name="Authenticator">Whether there was an app to turn off.</param>
/// <param name="RecoveryCodes">How many codes went with it.</param>
public sealed record Unlocked(Guid User, bool Authenticator, int RecoveryCodes);

public sealed class UnlockPersonHandler(PluraDb db, UserManager<User> users, PasswordResets resets, SignInLetters letters, Tries tries, IAudit audit, TimeProvider clock)
{
    public async Task<Result<Unlocked>> Handle(UnlockPerson command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var normalized = users.NormalizeEmail(command.Email);
        if (await db.Users.FirstOrDefaultAsync(u => u.NormalizedEmail == normalized, ct) is not { } user)
            return Refusal.NotFound("unlock.nobody", $"Nobody signs in by {command.Email}.");
        var apps = await db.Authenticators.Where(a => a.UserId == user.Id).ToListAsync(ct);
        var codes = await db.RecoveryCodes.Where(c => c.UserId == user.Id).ToListAsync(ct);
        db.RemoveRange(apps);
        db.RemoveRange(codes);
        resets.Ask(user, clock.GetUtcNow());
        if (apps.Count > 0)
            letters.Tell(user.Id, "Whoever runs this installation turned your authenticator app off, because they were told that you cannot reach it any more. Choose a new password by the letter that comes with this one, and set the app up again.");
        audit.Note("account.unlock_person", user.Id);
        await db.SaveChangesAsync(ct);
        await tries.Forget(user.Id, ct);
        return new Unlocked(user.Id, apps.Count > 0, codes.Count);
    }
}

internal sealed class UnlockPersonCommand : ICommand
{
    public string Name => "user unlock";

    public string Help => "--email <address>: turns off a person's authenticator app and sends a link for a new password";

    public async Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct)
    {
        services.GetRequiredService<Actor>().BecomeSystem("command line");
        var done = await services.GetRequiredService<UnlockPersonHandler>().Handle(new UnlockPerson { Email = options.Need("email") }, ct);
        return done.Refusal is { } refusal
            ? throw new PlainException(refusal.Text)
            // The letter goes by the worker of a running server; its link works for an hour.
            : new { user = done.Value!.User, authenticatorTurnedOff = done.Value.Authenticator, recoveryCodesGone = done.Value.RecoveryCodes, letter = "waits for a worker" };
    }
}
