using Plura.Messaging;

namespace Plura.Tests.Messaging;

/// <summary>A carrier of texts that answers what the test says: the scripted provider of letters, for the other channel.</summary>
public sealed class ScriptedTexts : ITextTransport
{
    private readonly ScriptedTransport inner = new();

    public string Name => inner.Name;

    public int Connections
    {
        get => inner.Connections;
        set => inner.Connections = value;
    }

    public Func<string, int, HandOff> Answer
    {
        get => inner.Answer;
        set => inner.Answer = value;
    }

    public Func<ComposedMessage, Task> During
    {
        get => inner.During;
        set => inner.During = value;
    }

    public IReadOnlyList<ComposedMessage> Begun => inner.Begun;

    public Task<ITransportSession> Open(CancellationToken ct) => inner.Open(ct);
}
