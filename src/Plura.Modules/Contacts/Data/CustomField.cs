using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>
/// A field the account made for its contacts. Values stand in <see cref="Contact.Fields"/> as text in one written form per kind:
/// text and choice as they are, number in plain decimals (<c>-12.5</c>), date as <c>2026-11-23</c>, checkbox as <c>true</c> or <c>false</c>.
/// </summary>
public sealed class CustomField : ITenantOwned
{
    public const string Text = "text";
    public const string Number = "number";
    public const string Date = "date";
    public const string Checkbox = "checkbox";
    public const string Choice = "choice";

    private CustomField()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>Under which name values, templates and filters know it: <c>shoe_size</c>. Never changes.</summary>
    public string Key { get; private set; } = "";

    public string Label { get; private set; } = "";

    /// <summary><c>text</c>, <c>number</c>, <c>date</c>, <c>checkbox</c> or <c>choice</c>.</summary>
    public string Kind { get; private set; } = Text;

    /// <summary>For a choice: what may be chosen, one a line.</summary>
    public string Choices { get; private set; } = "";

    public int Position { get; private set; }

    public static CustomField New(string key, string label, string kind, string choices, int position, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Key = key, Label = label, Kind = kind, Choices = choices, Position = position };

    public void Relabel(string label, string choices) => (Label, Choices) = (label, choices);
}
