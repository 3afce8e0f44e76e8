using Plura.Platform;

namespace Plura.Messaging.Contracts;

/// <summary>Short texts with merge fields that a person goes on writing in: they are filled before anybody sends them.</summary>
public interface IPhrases
{
    /// <summary>What is wrong with it, in words; null when nothing is.</summary>
    /// <param name="text">Plain text with Liquid merge fields.</param>
    /// <param name="field">The name of the command's field that a refusal is about.</param>
    Refusal? Check(string text, string field);

    /// <summary>Fills texts as this contact gets them: one look for however many. Where nobody is known by the id, fields print nothing, or their fallback.</summary>
    Task<Func<string, string>> For(Guid contactId, CancellationToken ct);
}
