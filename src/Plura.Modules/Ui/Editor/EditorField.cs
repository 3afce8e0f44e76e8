namespace Plura.Ui;

/// <summary>A merge field that the editor can insert: <c>contact.first_name</c>, "First name", "Ann".</summary>
public sealed record EditorField(string Path, string Label, string? Example = null);
