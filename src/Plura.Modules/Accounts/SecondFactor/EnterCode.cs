using System.ComponentModel.DataAnnotations;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The second step into a session: the code that the person's app shows, or one of their recovery codes.</summary>
public sealed record EnterCode
{
    [Required(ErrorMessage = "Enter the code that your app shows."), StringLength(40, ErrorMessage = "A code is shorter than this.")]
    public string Code { get; set; } = "";
}

public sealed class EnterCodeHandler(HalfWay halfWay, SecondFactor factor, NextStep next, Tries tries)
{
    public static readonly Refusal TooLate = Refusal.Invalid("enter_code.too_late", "Please sign in with your password again: more than ten minutes have passed since.");

    private static readonly Refusal Wrong = Refusal.Invalid("enter_code.wrong", "This code is not right, or it was used already. After five wrong tries signing in rests for a while.", nameof(EnterCode.Code));

    public async Task<Result> Handle(EnterCode command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await halfWay.Who() is not { User: var user, Stay: var stay })
            return TooLate;
        if (!await tries.Begin(user.Id, ct) || !await factor.Accept(user.Id, command.Code, ct))
            return Wrong;
        await halfWay.End();
        await next.Inside(user, stay, ProvenBy.Code, ct);
        return Result.Done;
    }
}
