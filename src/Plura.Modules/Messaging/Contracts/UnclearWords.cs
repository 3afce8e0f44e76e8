namespace Plura.Messaging.Contracts;

/// <summary>What people read wherever they decide about messages of which nobody knows whether they arrived.</summary>
public static class UnclearWords
{
    public const string Title = "These may or may not have arrived";
    public const string Text = "The connection broke after the letter was handed over and before the mail server answered. Sending again may give somebody two copies; skipping may leave somebody without.";

    public static string Done(bool resend) => resend ? "It is sent again." : "It is left as it is.";
}
