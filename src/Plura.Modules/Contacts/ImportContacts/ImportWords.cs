using Plura.Contacts.Data;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>What the pages call an import's states and a row's ends.</summary>
public static class ImportWords
{
    public static string State(Import import) => import.State switch
    {
        Import.Draft => "Waiting for you",
        Import.Running when import.DryRun => "Being checked",
        Import.Running => "Running",
        Import.Done when import.DryRun => "Checked",
        Import.Done => "Done",
        Import.Failed => "Failed",
        Import.Undoing => "Being undone",
        _ => "Undone",
    };

    public static Tone Tone(Import import) => import.State switch
    {
        Import.Done when !import.DryRun => Ui.Tone.Good,
        Import.Failed => Ui.Tone.Bad,
        Import.Draft or Import.Done => Ui.Tone.Warn,
        _ => Ui.Tone.Calm,
    };

    /// <summary>Where a column goes.</summary>
    public static string Target(ColumnTarget target, IReadOnlyList<CustomField> fields) => target.Kind switch
    {
        ColumnTarget.Field => fields.FirstOrDefault(f => string.Equals(f.Key, target.Argument, StringComparison.OrdinalIgnoreCase))?.Label ?? $"Field “{target.Argument}”, which is gone",
        ColumnTarget.New => $"Field “{target.Argument}”",
        _ => ColumnTarget.Plain.First(p => p.Target == target.Kind).Label,
    };

    public static string End(string end) => end switch
    {
        nameof(RowEnd.New) => "New",
        nameof(RowEnd.Updated) => "Updated",
        nameof(RowEnd.Unchanged) => "Nothing new",
        nameof(RowEnd.Duplicate) => "Repeats another",
        nameof(RowEnd.Suppressed) => "No permission",
        nameof(RowEnd.Erased) => "Left out",
        _ => "Cannot be read",
    };

    public static Tone EndTone(string end) => end switch
    {
        nameof(RowEnd.New) => Ui.Tone.Good,
        nameof(RowEnd.Suppressed) or nameof(RowEnd.Duplicate) => Ui.Tone.Warn,
        nameof(RowEnd.Erased) or nameof(RowEnd.Invalid) => Ui.Tone.Bad,
        _ => Ui.Tone.Calm,
    };

    public static string Field(string column) => column switch
    {
        "first_name" => "First name",
        "last_name" => "Last name",
        "company" => "Company",
        "external_id" => "Id in the old system",
        "date_of_birth" => "Date of birth",
        "time_zone" => "Time zone",
        "street" => "Street",
        "postal_code" => "Postal code",
        "city" => "City",
        "region" => "State or region",
        "country" => "Country",
        _ when column.StartsWith("fields.", StringComparison.Ordinal) => column[7..].Replace('_', ' '),
        _ => column,
    };
}
