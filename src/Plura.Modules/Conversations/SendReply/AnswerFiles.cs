using Microsoft.AspNetCore.Http;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>What goes along with an answer: the files that somebody attached, and those of the snippet with which it was written.</summary>
public sealed class AnswerFiles(MessageFiles files, SnippetFiles kept, ITextCarrier carrier)
{
    /// <summary>Refused in words where they cannot go.</summary>
    /// <param name="given">What was attached.</param>
    /// <param name="snippet">The snippet; null for none.</param>
    /// <param name="channel">See <see cref="Channels"/>.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<List<GivenFile>>> Of(IReadOnlyList<GivenFile> given, Guid? snippet, string channel, CancellationToken ct)
    {
        List<GivenFile> all = snippet is { } id ? [.. given, .. await kept.Open(id, ct)] : [.. given];
        if (files.Check(all) is { } unfit)
            return unfit;
        if (all.Count > 0 && !(channel == Channels.Email || (channel == Channels.Sms && carrier.CarriesFiles)))
            return Refusal.Invalid("file.channel", "Files go by e-mail. Choose e-mail, or leave them out.", nameof(SendReply.Text));
        if (channel == Channels.Sms && TextFiles.Check(all) is { } odd)
            return odd;
        return all;
    }

    /// <summary>The message was not written after all.</summary>
    public void Drop() => files.Drop();

    /// <summary>The files that came with a form.</summary>
    public static async Task<IReadOnlyList<GivenFile>> Sent(HttpContext http, CancellationToken ct)
    {
        var sent = new List<GivenFile>();
        foreach (var file in http.Request.Form.Files.GetFiles("Files").Where(f => f.Length > 0).Take(MessageFiles.Most))
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, ct);
            sent.Add(new GivenFile(FileKinds.Name(file.FileName) is { Ok: true, Value: var name } ? name : file.FileName, bytes.ToArray()));
        }

        return sent;
    }
}
