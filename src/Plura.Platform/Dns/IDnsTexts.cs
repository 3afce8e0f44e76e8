namespace Plura.Platform;

/// <summary>Asks the name system what a name says in its TXT records.</summary>
public interface IDnsTexts
{
    /// <summary>The texts, none where the name has none; null where nobody could be asked.</summary>
    Task<IReadOnlyList<string>?> Texts(string name, CancellationToken ct);
}
