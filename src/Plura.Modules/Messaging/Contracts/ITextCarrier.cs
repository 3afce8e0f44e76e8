namespace Plura.Messaging.Contracts;

/// <summary>What whoever carries this installation's texts can do.</summary>
public interface ITextCarrier
{
    /// <summary>Pictures and other files may go along.</summary>
    bool CarriesFiles { get; }

    /// <summary>How a text travels, in words and numbers.</summary>
    TextSize Measure(string text);
}

/// <summary>As how many messages a text goes.</summary>
/// <param name="Messages">What it costs; none for an empty text.</param>
/// <param name="Unusual">The characters that are not in the phones' short alphabet, each once: one of them halves the room.</param>
/// <param name="Room">How many more characters fit into the last message.</param>
public sealed record TextSize(int Messages, string Unusual, int Room);
