namespace Plura.Ui;

/// <summary>How much a button asks for. A page has one <see cref="Primary"/>.</summary>
public enum ButtonKind
{
    Primary,
    Plain,
    Quiet,
    Danger,
    DangerPlain,
}

internal static class ButtonClasses
{
    public static string Of(ButtonKind kind, bool small) => (kind switch
    {
        ButtonKind.Primary => "btn btn-primary",
        ButtonKind.Plain => "btn btn-plain",
        ButtonKind.Quiet => "btn btn-quiet",
        ButtonKind.Danger => "btn btn-danger",
        _ => "btn btn-danger-plain",
    }) + (small ? " btn-sm" : "");
}
