using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace Plura.Messaging;

/// <summary>
/// A Liquid template, parsed once. Where it only prints fields (with fallbacks) it becomes a list of pieces that are
/// filled without an interpreter; anything cleverer runs in Scriban's, within limits and without any way out.
/// </summary>
public sealed class MergeTemplate
{
    private const int MostIterations = 1_000;
    private const int MostOutput = 2_000_000;
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(2);

    private readonly string text;
    private readonly Template template;
    private readonly FieldContexts? contexts;
    private readonly FieldContext plain;
    private readonly int links;

    private MergeTemplate(string text, Template template, FieldContexts? contexts, FieldContext plain, int links)
    {
        (this.text, this.template, this.contexts, this.plain, this.links) = (text, template, contexts, plain, links);
        Pieces = PieceReader.Read(template, ContextAt);
    }

    /// <summary>Literals and fields in order, or null where the template needs the interpreter.</summary>
    public IReadOnlyList<Piece>? Pieces { get; }

    /// <param name="html">True where the text is HTML and what a field prints must be encoded.</param>
    /// <param name="links">How many tracked links the letter has.</param>
    /// <param name="lines">True where the text is a body, in which a field's own lines stay lines.</param>
    /// <exception cref="TemplateException">The template is not right; the message is a sentence that names the line.</exception>
    public static MergeTemplate Parse(string text, bool html, int links = 0, bool lines = false)
    {
        if (TemplateProblems.Find(text, html) is { } problem)
            throw new TemplateException(problem);
        return new MergeTemplate(text, Template.ParseLiquid(text), html ? new FieldContexts(text) : null, lines ? FieldContext.Lines : FieldContext.Plain, links);
    }

    public string Render(MergeScope scope)
    {
        if (Pieces is { } pieces)
            return string.Concat(pieces.Select(piece => piece.Print(scope)));

        using var time = new CancellationTokenSource(LongestRun);
        var context = new LetterContext(ContextAt)
        {
            Language = ScriptLang.Liquid,
            EnableBreakAndContinueAsReturnOutsideLoop = true,
            StrictVariables = false,
            EnableRelaxedMemberAccess = true,
            EnableRelaxedIndexerAccess = true,
            EnableRelaxedTargetAccess = true,
            EnableNullIndexer = true,
            LoopLimit = MostIterations,
            RecursiveLimit = 20,
            LimitToString = MostOutput,
            RegexTimeOut = LongestRun,
            CancellationToken = time.Token,
            Budget = MostOutput,
        };
        context.PushGlobal(scope.ToScript(links));
        try
        {
            return template.Render(context);
        }
        catch (ScriptRuntimeException error)
        {
            throw new TemplateException(TemplateProblems.Runtime(error), error);
        }
    }

    private FieldContext ContextAt(int offset) => contexts?.At(offset) ?? plain;

    public override string ToString() => text;

    /// <summary>Encodes what expressions print; literal text passes by.</summary>
    private sealed class LetterContext(Func<int, FieldContext> contextAt) : TemplateContext(LiquidFilters.All)
    {
        public int Budget { get; set; }

        public override TemplateContext Write(SourceSpan span, object? textAsObject)
        {
            if (textAsObject is null)
                return this;
            var printed = FieldEncoding.Encode(textAsObject as string ?? ObjectToString(textAsObject) ?? "", contextAt(span.Start.Offset));
            if ((Budget -= printed.Length) < 0)
                throw new ScriptRuntimeException(span, "too long");
            Write(printed);
            return this;
        }
    }
}

/// <summary>A template that cannot be used, and why, in words for its writer.</summary>
public sealed class TemplateException(string message, Exception? inner = null) : Exception(message, inner);
