namespace Plura.Ui;

/// <summary>One answer of a select or a radio group; <paramref name="Hint"/> stands under its text.</summary>
public sealed record Choice(string Value, string Text, string? Hint = null);
