using Microsoft.Extensions.DependencyInjection;
using Plura.Automations.Contracts;
using Plura.Conversations.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>What of conversations automations can begin with, in the module's table of contents.</summary>
internal static class ConversationTriggers
{
    private const string Group = "Conversations";

    public static IServiceCollection AddConversationTriggers(this IServiceCollection services) => services
        .AddSingleton<IThings, ChannelThings>()
        .AddSingleton(new TriggerKind(MessageReceived.Replied, "A contact writes", "message-circle", Group) { Things = MessageReceived.Channels, ThingLabel = "By which channel", ThingText = "A contact writes by {thing}" })
        .AddSingleton(new TriggerKind(VisitorIntroduced.Began, "A visitor of the web chat says who they are", "messages", Group));
}

/// <summary>The ways by which contacts can write.</summary>
internal sealed class ChannelThings : IThings
{
    private static readonly IReadOnlyList<Thing> Ways = [.. new[] { (Channels.Email, "e-mail"), (Channels.Sms, "text message"), (Channels.Chat, "web chat") }.Select(c => new Thing(FixedThings.Id(MessageReceived.Channels, c.Item1), c.Item2))];

    public string Kind => MessageReceived.Channels;

    public Task<IReadOnlyList<Thing>> All(CancellationToken ct) => Task.FromResult(Ways);
}
