using System.ComponentModel.DataAnnotations;
using System.Text;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>What a visitor wrote: whether it is complete, and which contact it makes.</summary>
public static class Answers
{
    private const int Longest = 2000;

    /// <summary>What contacts refuse, under the names that the form's own fields have.</summary>
    public static Refusal BesideFields(Refusal refusal) => refusal with
    {
        Fields = refusal.Fields.GroupBy(f => Path(f.Key), f => f.Value, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.SelectMany(v => v).ToArray(), StringComparer.Ordinal),
    };

    private static string Path(string field) => field switch
    {
        "FirstName" => "first_name",
        "LastName" => "last_name",
        "Email" => "email",
        "Phone" => "phone",
        "Company" => "company",
        _ => field.StartsWith("Fields.", StringComparison.Ordinal) ? "fields." + field["Fields.".Length..] : "",
    };

    public static Refusal? Check(Form form, IReadOnlyDictionary<string, string> answers)
    {
        var fields = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var field in form.Fields)
        {
            var answer = answers.GetValueOrDefault(field.Path, "");
            if (field.Required && answer.Length == 0)
                fields[field.Path] = [$"Please fill in “{field.Label}”."];
            else if (answer.Length > Longest)
                fields[field.Path] = ["Please keep this under 2,000 characters."];
            else if (field.Path == "email" && answer.Length > 0 && !new EmailAddressAttribute().IsValid(answer))
                fields[field.Path] = ["This is not an e-mail address. It looks like ann@example.com."];
            else if (answer.EnumerateRunes().Any(r => Rune.IsControl(r) && r.Value is not ('\n' or '\r' or '\t')))
                fields[field.Path] = ["This holds a character that cannot be read. Please type it again."];
        }

        if (fields.Count == 0 && answers.GetValueOrDefault("email", "").Length == 0 && answers.GetValueOrDefault("phone", "").Length == 0)
            fields[form.Fields.First(f => f.Path is "email" or "phone").Path] = ["Please leave an e-mail address or a phone number, so that we can reach you."];
        return fields.Count == 0 ? null : new Refusal(RefusalKind.Invalid, "form.incomplete", "Something is missing: see below.") { Fields = fields };
    }

    public static ContactDraft Draft(Form form, IReadOnlyDictionary<string, string> answers) => new()
    {
        FirstName = Answer(answers, "first_name"),
        LastName = Answer(answers, "last_name"),
        Email = Answer(answers, "email"),
        Phone = Answer(answers, "phone"),
        Company = Answer(answers, "company"),
        Tags = form.Tags,
        Fields = answers.Where(a => a.Key.StartsWith("fields.", StringComparison.Ordinal) && a.Value.Length > 0).ToDictionary(a => a.Key["fields.".Length..], a => a.Value, StringComparer.Ordinal),
        Source = $"Form: {form.Name}",
    };

    private static string? Answer(IReadOnlyDictionary<string, string> answers, string path) =>
        answers.GetValueOrDefault(path) is { Length: > 0 } answer ? answer : null;
}
