using System.ComponentModel.DataAnnotations;

namespace Plura.Platform;

public enum RefusalKind
{
    Invalid,
    NotFound,
    Conflict,
    Forbidden,
    Limit,
    NotConsented,
}

/// <summary>
/// Why something was not done. <see cref="Code"/> is stable (<c>contact.exists</c>); <see cref="Text"/> is a sentence that a
/// business owner understands; <see cref="Fields"/> says which input each sentence concerns.
/// </summary>
public sealed record Refusal(RefusalKind Kind, string Code, string Text)
{
    public IReadOnlyDictionary<string, string[]> Fields { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>The thing that stands in the way, for example the contact that already exists.</summary>
    public Guid? About { get; init; }

    public static Refusal Invalid(string code, string text, string? field = null) => new(RefusalKind.Invalid, code, text)
    {
        Fields = field is null ? new Dictionary<string, string[]>(StringComparer.Ordinal) : new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [text] },
    };

    /// <summary>All that is wrong at once, so that a form says everything in one go; null where nothing is. Code and sentence are the first one's.</summary>
    public static Refusal? Together(params ReadOnlySpan<Refusal?> refusals)
    {
        Refusal? together = null;
        foreach (var refusal in refusals)
        {
            if (refusal is null || together?.Kind is { } kind && kind != refusal.Kind)
                continue;
            together = together is null ? refusal : together with
            {
                Fields = together.Fields.Concat(refusal.Fields).GroupBy(f => f.Key, StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => g.SelectMany(f => f.Value).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal),
            };
        }

        return together;
    }

    public static Refusal NotFound(string code, string text) => new(RefusalKind.NotFound, code, text);

    public static Refusal Conflict(string code, string text, Guid? about = null) => new(RefusalKind.Conflict, code, text) { About = about };

    public static Refusal Forbidden(string code, string text) => new(RefusalKind.Forbidden, code, text);

    public static Refusal Limit(string code, string text) => new(RefusalKind.Limit, code, text);

    public static Refusal NotConsented(string code, string text) => new(RefusalKind.NotConsented, code, text);
}

public static class Validation
{
    /// <summary>
    /// Checks the command's attributes after empty optional text became null and outer blanks were cut.
    /// The first line of a handler: a handler has five doors (page, API, automation step, import, command line).
    /// </summary>
    public static Refusal? Invalid(this object command)
    {
        AuditTrail.Says(command.GetType());
        Tidy(command);
        var results = new List<ValidationResult>();
        if (Validator.TryValidateObject(command, new ValidationContext(command), results, validateAllProperties: true))
            return null;

        var fields = results
            .SelectMany(r => r.MemberNames.DefaultIfEmpty("").Select(member => (member, text: r.ErrorMessage ?? "This is not valid.")))
            .GroupBy(x => x.member, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(x => x.text).ToArray(), StringComparer.Ordinal);
        return new Refusal(RefusalKind.Invalid, "invalid", results[0].ErrorMessage ?? "Some of this is not valid.") { Fields = fields };
    }

    private static void Tidy(object command)
    {
        foreach (var property in command.GetType().GetProperties())
        {
            if (property.PropertyType != typeof(string) || !property.CanWrite || property.GetIndexParameters().Length > 0
                || property.IsDefined(typeof(KeepBlanksAttribute), inherit: true))
                continue;
            if (property.GetValue(command) is not string text)
                continue;
            var trimmed = text.Trim();
            var optional = new System.Reflection.NullabilityInfoContext().Create(property).WriteState == System.Reflection.NullabilityState.Nullable;
            property.SetValue(command, trimmed.Length == 0 && optional ? null : trimmed);
        }
    }
}

/// <summary>On text whose blanks count, such as a password.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeepBlanksAttribute : Attribute;
