using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plura.Platform;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Plura.Automations;

/// <summary>JSON written so that people like to read it, and back. Of YAML it takes what JSON can say: no anchors, no tags, one document.</summary>
public static partial class Yaml
{
    private const int Deepest = 60;

    public static string Write(JsonNode node)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(text, EmitterSettings.Default.WithBestWidth(int.MaxValue).WithIndentedSequences());
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        Write(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    public static Result<JsonNode?> Read(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
                return (JsonNode?)null;
            parser.Consume<DocumentStart>();
            var node = Read(parser, 0);
            parser.Consume<DocumentEnd>();
            parser.Consume<StreamEnd>();
            return node;
        }
        catch (YamlException error)
        {
            return Refusal.Invalid("automation.text", $"Line {error.Start.Line.ToString(CultureInfo.InvariantCulture)} cannot be read: {error.InnerException?.Message ?? error.Message}", "Text");
        }
    }

    private static void Write(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, map.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (key, value) in map)
                {
                    Write(emitter, JsonValue.Create(key));
                    Write(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, list.Count == 0 || list.All(n => n is JsonValue) ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var value in list)
                    Write(emitter, value);
                emitter.Emit(new SequenceEnd());
                break;
            default:
                var text = node is null ? "null" : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
                var style = node?.GetValueKind() != JsonValueKind.String ? ScalarStyle.Plain : !Plain().IsMatch(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain;
                if (style == ScalarStyle.DoubleQuoted && text.Contains('\n', StringComparison.Ordinal) && Block().IsMatch(text))
                    style = ScalarStyle.Literal;
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));
                break;
        }
    }

    private static JsonNode? Read(Parser parser, int depth)
    {
        if (depth > Deepest)
            throw new YamlException(parser.Current!.Start, parser.Current.End, "It is nested too deeply.");
        if (parser.Current is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false } or AnchorAlias)
            throw new YamlException(parser.Current.Start, parser.Current.End, "Anchors and tags have no meaning here.");
        if (parser.TryConsume<MappingStart>(out _))
        {
            var map = new JsonObject();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>();
                if (map.ContainsKey(key.Value))
                    throw new YamlException(key.Start, key.End, $"“{key.Value}” stands here twice.");
                map[key.Value] = Read(parser, depth + 1);
            }

            return map;
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
                list.Add(Read(parser, depth + 1));
            return list;
        }

        return Value(parser.Consume<Scalar>());
    }

    private static JsonNode? Value(Scalar scalar) => scalar switch
    {
        { Style: not ScalarStyle.Plain } => JsonValue.Create(scalar.Value),
        { Value: "" or "null" or "~" } => null,
        { Value: "true" } => JsonValue.Create(true),
        { Value: "false" } => JsonValue.Create(false),
        _ when decimal.TryParse(scalar.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(scalar.Value),
    };

    /// <summary>Words that mean nothing else without quotation marks, in YAML and to us.</summary>
    [GeneratedRegex(@"^(?!(true|false|null|yes|no|on|off|y|n)$)\p{L}[\p{L}\p{N}_.…' /()-]*(?<! )$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    /// <summary>Lines that can stand as they are.</summary>
    [GeneratedRegex(@"^[^\s\p{C}][^\p{C}]*(\n([^\s\p{C}][^\p{C}]*)?)*[^\s\p{C}]$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Block();
}
