namespace Plura.Messaging;

/// <summary>What somebody means by a text, as far as the law asks us to understand it. Stored as text.</summary>
public static class TextMeanings
{
    /// <summary>One of the words that end all texts.</summary>
    public const string Stop = "stop";

    /// <summary>Words of their own that a reasonable person takes for the same: they end all texts too, and a person looks at them.</summary>
    public const string LikelyStop = "likely_stop";

    public const string Start = "start";
    public const string Help = "help";

    /// <summary>Anything else: an answer, a question, a greeting.</summary>
    public const string Message = "message";
}

/// <param name="Meaning">See <see cref="TextMeanings"/>.</param>
/// <param name="Language"><c>en</c>, <c>es</c> or <c>fr</c>: in which an answer is understood.</param>
/// <param name="Word">The keyword in its plain form; empty where there is none.</param>
public sealed record TextReading(string Meaning, string Language, string Word)
{
    /// <summary>A mere "yes": it begins texts again only for who had ended them; else it answers something.</summary>
    public bool OnlyAgain { get; init; }
}
