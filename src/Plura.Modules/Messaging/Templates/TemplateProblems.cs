using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace Plura.Messaging;

/// <summary>Says in words, with the line, why a template cannot be used.</summary>
internal static class TemplateProblems
{
    private static readonly string[] NotOffered = ["include", "render", "import", "layout"];

    /// <summary>The first problem, or null.</summary>
    public static string? Find(string text, bool html)
    {
        if (LiquidTags.Unclosed(text) is { } line)
            return $"Line {line}: a field or instruction begins with braces but is never closed. Every {{{{ needs }}}} and every {{% needs %}}.";
        var template = Template.ParseLiquid(text);
        if (template.HasErrors)
            return Syntax(text, template.Messages.First(m => m.Type == ParserMessageType.Error));

        var finder = new Finder(text, html ? new FieldContexts(text) : null);
        finder.Visit(template.Page);
        return finder.Problem;
    }

    public static string Runtime(ScriptRuntimeException error)
    {
        var line = $"Line {error.Span.Start.Line + 1}: ";
        if (error is ScriptAbortException)
            return line + "the template takes too long to write. Use fewer loops.";
        return line + (error.Message.Contains("iteration", StringComparison.OrdinalIgnoreCase) || error.Message.Contains("loop", StringComparison.OrdinalIgnoreCase)
            ? "the loop runs too often. A loop may run 1,000 times at most."
            : error.Message.Contains("too long", StringComparison.Ordinal)
                ? "the letter becomes too long."
                : "this instruction does not work with what the field holds.");
    }

    private static string Syntax(string text, LogMessage message)
    {
        var line = Math.Max(message.Span.Start.Line, 0) + 1;
        var said = message.Message;
        if (said.Contains("was not found in", StringComparison.Ordinal) && said.Contains("end", StringComparison.Ordinal))
            return $"Line {line}: an instruction is opened here and never ended. Every {{% if %}} needs {{% endif %}}, and every {{% for %}} needs {{% endfor %}}.";
        var start = Math.Clamp(message.Span.Start.Offset, 0, Math.Max(0, text.Length - 1));
        var open = text.Length == 0 ? -1 : text.LastIndexOf('{', start);
        var piece = open < 0 ? "" : text[Math.Max(0, open - 1)..LiquidEnd(text, Math.Max(0, open - 1))];
        return $"Line {line}: this was not understood: {(piece.Length > 60 ? piece[..60] + "…" : piece.Trim())}. A field looks like {{{{ contact.first_name }}}}.";
    }

    private static int LiquidEnd(string text, int open) => LiquidTags.StartsAt(text, open) ? LiquidTags.End(text, open) : Math.Min(text.Length, open + 60);

    /// <summary>Walks the parsed template looking for what we do not offer.</summary>
    private sealed class Finder(string text, FieldContexts? contexts) : ScriptVisitor
    {
        public string? Problem { get; private set; }

        public override void Visit(ScriptExpressionStatement node)
        {
            if (contexts?.At(node.Span.Start.Offset) == FieldContext.Forbidden)
                Say(node, "a field cannot stand in a style sheet, in a script or bare inside a tag. Put it into the text, or into an attribute between quotes.");
            base.Visit(node);
        }

        public override void Visit(ScriptFunctionCall node)
        {
            if (node.Target is ScriptVariable { Name: var name })
            {
                if (Array.IndexOf(NotOffered, name) >= 0)
                    Say(node, $"letters cannot use \"{name}\": everything must stand in the letter itself.");
                else if (name != "default" && !LiquidFilters.All.Contains(name))
                    Say(node, $"there is no filter called \"{name}\".");
            }

            base.Visit(node);
        }

        public override void Visit(ScriptPipeCall node)
        {
            if (node.To is ScriptVariable { Name: var name } && !LiquidFilters.All.Contains(name))
                Say(node, $"there is no filter called \"{name}\".");
            base.Visit(node);
        }

        private void Say(ScriptNode node, string sentence) =>
            Problem ??= $"Line {1 + text.AsSpan(0, Math.Clamp(node.Span.Start.Offset, 0, text.Length)).Count('\n')}: {sentence}";
    }
}
