namespace Plura.Ui;

/// <summary>How something is meant; each has its colour in light and dark, and never stands without a word.</summary>
public enum Tone
{
    Calm,
    Good,
    Warn,
    Bad,
    Accent,
    Plain,
}
