using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Conversations;

/// <summary>As how many text messages an answer would go, while it is being written.</summary>
public sealed record MeasureAnswer(string Text);

public sealed class MeasureAnswerHandler(ITextCarrier carrier)
{
    private const int Shown = 8;

    public Result<MeasuredAnswer> Handle(MeasureAnswer command)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        // As it will be kept and sent.
        var size = carrier.Measure(MessageText.Typed(command.Text).Trim());
        return new MeasuredAnswer(size.Messages, size.Unusual, Words(size));
    }

    private static string Words(TextSize size)
    {
        if (size.Messages == 0)
            return "";
        var unusual = size.Unusual.EnumerateRunes().Take(Shown).ToList();
        var why = unusual.Count == 0 ? "" : $" Because of {string.Join(' ', unusual)} only 70 characters fit into one instead of 160.";
        return size.Messages == 1 && unusual.Count == 0 ? $"One text message; {Say.Count(size.Room, "more character")} fit." : $"{(size.Messages == 1 ? "One text message" : Say.Count(size.Messages, "text message"))}.{why}";
    }
}

/// <param name="Messages">As how many it goes.</param>
/// <param name="Unusual">The characters that make it longer.</param>
/// <param name="Words">The same for whoever writes it.</param>
public sealed record MeasuredAnswer(int Messages, string Unusual, string Words);

public static class MeasureAnswerEndpoint
{
    public static void MapMeasureAnswer(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/a/{account}/conversations/measure", ([FromForm] IFormCollection form, MeasureAnswerHandler handler) => handler.Handle(new MeasureAnswer(form["text"].ToString())).Answer(Results.Ok))
            .RequirePermission("conversations.write").WithName("MeasureAnswer");
}
