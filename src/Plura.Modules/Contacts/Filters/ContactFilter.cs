using System.Text.Json;
using System.Text.Json.Nodes;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>
/// Which contacts: one small tree for lists, smart lists, audiences and the API. In JSON:
/// <c>{"all":[…]}</c>, <c>{"any":[…]}</c>, <c>{"not":…}</c>, <c>{"field":"tag","op":"is","value":"VIP"}</c>. Several values mean any of them.
/// </summary>
public abstract record ContactFilter
{
    private const int Deepest = 10;
    private const int MostConditions = 200;
    private const int MostValues = 500;
    private const int LongestValue = 500;

    public static readonly ContactFilter Everyone = new AllOf([]);

    /// <summary>Reads the JSON form; refuses what it does not understand with a sentence. Fields and operators are checked when it is compiled.</summary>
    public static Result<ContactFilter> Read(JsonElement json)
    {
        var left = MostConditions;
        return Read(json, 0, ref left);
    }

    public static Result<ContactFilter> Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return Refused("This filter is not valid JSON.");
        }
    }

    public string Json() => Node().ToJsonString();

    protected abstract JsonObject Node();

    private static Result<ContactFilter> Read(JsonElement json, int depth, ref int left)
    {
        if (depth > Deepest)
            return Refused($"A filter may be nested {Deepest} deep at most.");
        if (--left < 0)
            return Refused($"A filter may have {MostConditions} conditions at most.");
        if (json.ValueKind != JsonValueKind.Object)
            return Refused("A filter is an object with “all”, “any”, “not”, or “field” and “op”.");
        if (json.TryGetProperty("all", out var all))
            return Many(all, depth, ref left, parts => new AllOf(parts));
        if (json.TryGetProperty("any", out var any))
            return Many(any, depth, ref left, parts => new AnyOf(parts));
        if (json.TryGetProperty("not", out var not))
        {
            var inner = Read(not, depth + 1, ref left);
            return inner.Refusal is { } refusal ? refusal : new Not(inner.Value);
        }

        return json.EnumerateObject().Any() ? Condition(json) : Result(Everyone);
    }

    private static Result<ContactFilter> Many(JsonElement list, int depth, ref int left, Func<IReadOnlyList<ContactFilter>, ContactFilter> make)
    {
        if (list.ValueKind != JsonValueKind.Array)
            return Refused("“all” and “any” take a list of filters.");
        var parts = new List<ContactFilter>();
        foreach (var item in list.EnumerateArray())
        {
            var part = Read(item, depth + 1, ref left);
            if (part.Refusal is { } refusal)
                return refusal;
            parts.Add(part.Value);
        }

        return make(parts);
    }

    private static Result<ContactFilter> Condition(JsonElement json)
    {
        if (!json.TryGetProperty("field", out var field) || field.ValueKind != JsonValueKind.String)
            return Refused("Each condition of a filter names its “field”.");
        if (!json.TryGetProperty("op", out var op) || op.ValueKind != JsonValueKind.String)
            return Refused($"The condition on “{field.GetString()}” has no “op”.");
        var values = new List<string>();
        if (json.TryGetProperty("value", out var value))
        {
            foreach (var item in value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : (JsonElement[])[value])
            {
                if (Text(item) is not { } text)
                    return Refused($"The value of “{field.GetString()}” must be text, a number, true or false, or a list of these.");
                values.Add(text);
            }
        }

        if (values.Count > MostValues || values.Exists(v => v.Length > LongestValue || v.Contains('\0', StringComparison.Ordinal)))
            return Refused($"The condition on “{field.GetString()}” has too many or too long values.");
        return new Condition(field.GetString()!, op.GetString()!, values);
    }

    private static string? Text(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString(),
        JsonValueKind.Number => item.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static Result<ContactFilter> Result(ContactFilter filter) => filter;

    private static Refusal Refused(string text) => Refusal.Invalid("filter.invalid", text, "Filter");

    protected static JsonArray Nodes(IEnumerable<ContactFilter> parts) => [.. parts.Select(p => (JsonNode?)p.Node())];
}

public sealed record AllOf(IReadOnlyList<ContactFilter> Parts) : ContactFilter
{
    protected override JsonObject Node() => new() { ["all"] = Nodes(Parts) };
}

public sealed record AnyOf(IReadOnlyList<ContactFilter> Parts) : ContactFilter
{
    protected override JsonObject Node() => new() { ["any"] = Nodes(Parts) };
}

public sealed record Not(ContactFilter Part) : ContactFilter
{
    protected override JsonObject Node() => new() { ["not"] = Nodes([Part])[0]!.DeepClone() };
}

/// <param name="Field"><c>text</c>, <c>name</c>, <c>email</c>, <c>phone</c>, <c>company</c>, <c>company_id</c> (an id or <c>none</c>), <c>tag</c>, <c>assignee</c> and <c>follower</c> (a user's id, <c>me</c> or <c>none</c>), <c>created</c>, <c>changed</c>, <c>source</c>, <c>street</c>, <c>postal_code</c>, <c>city</c>, <c>region</c>, <c>country</c>, <c>time_zone</c>, <c>date_of_birth</c>, <c>fields.</c> and a custom field's key, or <c>activity.</c> and what happened (<c>sent</c>, <c>opened</c>, <c>clicked</c>, <c>form</c>, …).</param>
/// <param name="Op"><c>is</c>, <c>is_not</c>, <c>contains</c>, <c>not_contains</c>, <c>starts</c>, <c>ends</c>, <c>empty</c>, <c>not_empty</c>, <c>less</c>, <c>more</c>, <c>between</c> (two values, both inside), <c>before</c>, <c>after</c>, <c>on</c>, and with a number of days <c>last_days</c>, <c>not_last_days</c>, <c>older_days</c>, <c>next_days</c>, <c>each_year</c> (a birthday that comes within so many days); of activities also <c>times</c> (how often at least, within how many days).</param>
public sealed record Condition(string Field, string Op, IReadOnlyList<string> Values) : ContactFilter
{
    public Condition(string field, string op, string value) : this(field, op, [value])
    {
    }

    protected override JsonObject Node()
    {
        var node = new JsonObject { ["field"] = Field, ["op"] = Op };
        if (Values.Count == 1)
            node["value"] = Values[0];
        else if (Values.Count > 1)
            node["value"] = new JsonArray([.. Values.Select(v => (JsonNode?)JsonValue.Create(v))]);
        return node;
    }
}
