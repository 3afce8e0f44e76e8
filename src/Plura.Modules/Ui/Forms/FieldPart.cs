using Microsoft.AspNetCore.Components;
using Plura.Platform;

namespace Plura.Ui;

/// <summary>
/// What every field has: a name that the form posts (<c>Command.Email</c>), a label, a hint, and the sentence that says what is
/// wrong, taken from the refusal of the surrounding <see cref="PostForm"/> by the last part of the name.
/// </summary>
public abstract class FieldPart : ComponentBase
{
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>The label is for screen readers only: a table's heading already says it to the eye.</summary>
    [Parameter] public bool LabelHidden { get; set; }

    [Parameter] public string? Hint { get; set; }

    [Parameter] public bool Required { get; set; }

    /// <summary>Says "optional" beside the label.</summary>
    [Parameter] public bool Optional { get; set; }

    [Parameter] public bool Disabled { get; set; }

    /// <summary>As wide as its surroundings.</summary>
    [Parameter] public bool Wide { get; set; }

    /// <summary>What is wrong, where it does not come from a refusal.</summary>
    [Parameter] public string? Error { get; set; }

    /// <summary>A refusal other than the form's own.</summary>
    [Parameter] public Refusal? Refusal { get; set; }

    [CascadingParameter] private Refusal? FormRefusal { get; set; }

    /// <summary>Further attributes of the input itself: <c>autocomplete</c>, <c>inputmode</c>, <c>data-…</c>.</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? More { get; set; }

    protected string Id => Name.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal);

    protected string FrameClass => "field" + (Wide ? " wide" : "") + (LabelHidden ? " bare" : "");

    protected IReadOnlyList<string> Errors
    {
        get
        {
            if (Error is not null)
                return [Error];
            var fields = (Refusal ?? FormRefusal)?.Fields;
            if (fields is null)
                return [];
            return fields.GetValueOrDefault(Name) ?? fields.GetValueOrDefault(Name[(Name.LastIndexOf('.') + 1)..]) ?? [];
        }
    }

    protected string? Invalid => Errors.Count > 0 ? "true" : null;

    protected string? DescribedBy
    {
        get
        {
            var ids = (Errors.Count > 0 ? Id + "-error " : "") + (Hint is not null ? Id + "-hint" : "");
            return ids.Length > 0 ? ids.TrimEnd() : null;
        }
    }
}
