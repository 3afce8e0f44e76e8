using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The second step into a session: the code that the person's app shows, or one of their recovery codes.</summary>
public sealed record EnterCode
{
    [Required(ErrorMessage = "Enter the code that your app shows."), StringLength(40, ErrorMessage = "A code is shorter than this.")]
    public string Code { get; set; } = "";
}

public sealed class EnterCodeHandler(HalfWay halfWay, SecondFactor factor, NextStep next, Tries tries, PluraDb db, ISystemMail mail, IAudit audit, TimeProvider clock)
{
    /// <summary>To the person, when somebody who knows their password does not know the code.</summary>
    public const string Letter = "code_failed";

    /// <summary>Tries in a row, each password and each code being one: twice the password and twice a wrong code.</summary>
    private const int Suspicious = 4;

    public static readonly Refusal TooLate = Refusal.Invalid("enter_code.too_late", "Please sign in with your password again: more than ten minutes have passed since.");

    private static readonly Refusal Wrong = Refusal.Invalid("enter_code.wrong", "This code is not right, or it was used already. After five wrong tries signing in rests for a while.", nameof(EnterCode.Code));

    public async Task<Result> Handle(EnterCode command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await halfWay.Who() is not { User: var user, Stay: var stay })
            return TooLate;
        if (!await tries.Begin(user.Id, ct) || !await factor.Accept(user.Id, command.Code, ct))
        {
            audit.Note("account.code_failed", user.Id);
            await Warn(user.Id, ct);
            await db.SaveChangesAsync(ct);
            return Wrong;
        }

        await halfWay.End();
        await next.Inside(user, stay, ProvenBy.Code, ct);
        return Result.Done;
    }

    /// <summary>
    /// Whoever stands here knows the password, so the person is told, once a day: not of the first wrong code, because everybody mistypes one.
    /// </summary>
    private async Task Warn(Guid user, CancellationToken ct)
    {
        if (!await db.Users.AnyAsync(u => u.Id == user && u.AccessFailedCount >= Suspicious, ct))
            return;
        var day = $"{Letter} {user:N} {clock.GetUtcNow().UtcDateTime:yyyy-MM-dd}";
        mail.Post(new SystemLetter(Letter, user, new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(day)).AsSpan(0, 16)), ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal) { ["path"] = "/forgot" }));
    }
}
