namespace Plura.Ui;

/// <summary>
/// Whose name, logo and colours this page wears: the product's own, or an agency's. The frame sets it where the address tells whose page
/// it is; a page that learns it only from its link (preferences, forms) sets it itself, and what was drawn before is drawn again.
/// </summary>
public sealed class Brand
{
    /// <summary>The product's own name.</summary>
    public const string Own = "PluraOS";

    public string Name { get; private set; } = Own;

    /// <summary>The address of the style sheet with the colours; null for the product's own.</summary>
    public string? Sheet { get; private set; }

    /// <summary>The address of the logo; null where the name stands alone.</summary>
    public string? Logo { get; private set; }

    /// <summary>Whether this is somebody else's brand.</summary>
    public bool Worn { get; private set; }

    public event Action? Changed;

    public void Wear(string name, string? sheet, string? logo)
    {
        (Name, Sheet, Logo, Worn) = (name, sheet, logo, true);
        Changed?.Invoke();
    }
}
