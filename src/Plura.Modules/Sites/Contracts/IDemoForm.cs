namespace Plura.Sites.Contracts;

/// <summary>The demo's sign-up form.</summary>
public interface IDemoForm
{
    /// <summary>Finds or makes it; answers its name and the words beside its box.</summary>
    Task<(string Name, string Wording)> Ensure(string business, string tag, CancellationToken ct);
}
