namespace Plura.Privacy.Contracts;

/// <summary>How much marketing the scope's account may send today, while it is new.</summary>
public interface IWarmUp
{
    /// <summary>Null where no limit holds: the account is established, or the operator vouches for it.</summary>
    Task<WarmUpStanding?> Standing(CancellationToken ct);
}

/// <param name="Limit">Messages a day.</param>
/// <param name="Left">How many of them are left today.</param>
/// <param name="Tomorrow">The limit of tomorrow, if little comes back; null where none holds then.</param>
public sealed record WarmUpStanding(int Limit, int Left, int? Tomorrow);
