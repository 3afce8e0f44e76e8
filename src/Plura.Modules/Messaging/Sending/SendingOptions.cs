using System.ComponentModel.DataAnnotations;

namespace Plura.Messaging;

/// <summary>The operator's settings under <c>Sending</c>.</summary>
public sealed class SendingOptions
{
    /// <summary>A dispatch pauses itself when at least this many of its recent messages failed …</summary>
    [Range(1, 200)]
    public int PauseAtFailures { get; set; } = 20;

    /// <summary>… and they are more than this share of the last 200.</summary>
    [Range(1, 100)]
    public int PauseAbovePercent { get; set; } = 10;
}
