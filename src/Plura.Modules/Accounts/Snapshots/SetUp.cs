using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// An account's set-up as one document that people can read and programs can compare: always in the same order and indentation, with names in the
/// place of ids, without a time and without an account's name, so that the same set-up is the same text.
/// </summary>
public sealed class SetUp
{
    public const string Format = "pluraos-set-up";
    public const int Version = 1;
    public const int LongestText = 4 * 1024 * 1024;
    public const int MostItems = 2_000;
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private SetUp(IReadOnlyList<(ISnapshotPart Part, IReadOnlyList<SetUpItem> Items)> parts) => Parts = parts;

    /// <summary>In the order in which they are stamped.</summary>
    public IReadOnlyList<(ISnapshotPart Part, IReadOnlyList<SetUpItem> Items)> Parts { get; }

    public int Count => Parts.Sum(p => p.Items.Count);

    /// <summary>What the scope's account has.</summary>
    public static async Task<SetUp> Of(IEnumerable<ISnapshotPart> parts, CancellationToken ct)
    {
        var read = new List<(ISnapshotPart, IReadOnlyList<SetUpItem>)>();
        foreach (var part in Ordered(parts))
            read.Add((part, await part.Read(ct)));
        return new SetUp(read);
    }

    /// <summary>Reads a document that may come from anywhere; what is not understood is refused with a sentence, before anything is done.</summary>
    public static Result<SetUp> Parse(string text, IEnumerable<ISnapshotPart> parts)
    {
        if (text.Length > LongestText)
            return Bad("too_large", $"This file is too large to be a set-up: it may have {LongestText / 1024 / 1024} MB at most.");
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException)
        {
            return Bad("no_json", "This is no set-up file: it cannot be read. Take the file that “Download” gives, and do not open it in a word processor.");
        }

        using (document)
            return Harmless(document.RootElement) ? Read(document.RootElement, [.. Ordered(parts)]) : Bad("signs", "This file holds signs or gaps that no set-up has.");
    }

    /// <summary>The document.</summary>
    public string Text() => new JsonObject
    {
        ["format"] = Format,
        ["version"] = Version,
        ["parts"] = new JsonObject(Parts.Select(p => KeyValuePair.Create(p.Part.Name, (JsonNode?)new JsonArray([.. p.Items.Select(i => (JsonNode?)i.Content.DeepClone())])))),
    }.ToJsonString(Readable) + "\n";

    private static Result<SetUp> Read(JsonElement root, IReadOnlyList<ISnapshotPart> parts)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String || format.GetString() != Format)
            return Bad("not_ours", "This is no set-up file of PluraOS.");
        if (!root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != Version)
            return Bad("version", "This file was written by another version of PluraOS, which this one does not understand.");
        if (!root.TryGetProperty("parts", out var found) || found.ValueKind != JsonValueKind.Object || root.EnumerateObject().Count() != 3)
            return Bad("shape", "This file has not the shape of a set-up.");
        var unknown = found.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => !parts.Any(p => string.Equals(p.Name, n, StringComparison.Ordinal)));
        if (unknown is not null)
            return Bad("part", $"This file has a part called “{(unknown.Length > 40 ? unknown[..40] : unknown)}”, which this version of PluraOS does not know.");
        var read = new List<(ISnapshotPart, IReadOnlyList<SetUpItem>)>();
        var left = MostItems;
        foreach (var part in parts)
        {
            var items = new List<SetUpItem>();
            if (found.TryGetProperty(part.Name, out var list))
            {
                if (list.ValueKind != JsonValueKind.Array)
                    return Bad("shape", $"In this file “{part.Name}” is no list.");
                foreach (var element in list.EnumerateArray())
                {
                    if (--left < 0)
                        return Bad("too_many", $"This file holds more than {MostItems:N0} things; that is too many to be somebody's set-up.");
                    var item = part.Parse(element);
                    if (item.Refusal is { } refused)
                        return refused;
                    items.Add(item.Value);
                }
            }

            read.Add((part, items));
        }

        return new SetUp(read);
    }

    /// <summary>No text with signs that cannot be stored or shown, and no list with a gap.</summary>
    private static bool Harmless(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().All(p => Harmless(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().All(e => e.ValueKind != JsonValueKind.Null && Harmless(e)),
        JsonValueKind.String => Harmless(json.GetRawText()),
        _ => true,
    };

    private static bool Harmless(string raw)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(raw) is { } text && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) && !text.EnumerateRunes().Any(r => r == System.Text.Rune.ReplacementChar);
        }
        catch (Exception half) when (half is JsonException or InvalidOperationException)
        {
            // Half a sign: an escape that is no text.
            return false;
        }
    }

    private static IEnumerable<ISnapshotPart> Ordered(IEnumerable<ISnapshotPart> parts) => parts.OrderBy(p => p.Order).ThenBy(p => p.Name, StringComparer.Ordinal);

    private static Refusal Bad(string code, string text) => Refusal.Invalid("snapshot." + code, text, "File");
}
