namespace Plura.Accounts.Contracts;

/// <summary>What a module has to tell whoever runs the installation, before everything else on the operator's overview. Registered as a service; counts, never anybody's data.</summary>
public interface IDeskTroubles
{
    /// <summary>None where all is well.</summary>
    Task<IReadOnlyList<DeskTrouble>> Now(CancellationToken ct);
}

/// <param name="Text">A sentence.</param>
/// <param name="Href">Where something can be done about it.</param>
/// <param name="Link">The words of the button that leads there.</param>
public sealed record DeskTrouble(string Text, string? Href = null, string Link = "");
