using Microsoft.Extensions.DependencyInjection;
using Plura.Automations.Contracts;

namespace Plura.Messaging;

/// <summary>What of messages automations can begin with (<c>messaging_automations.sql</c>), in the module's table of contents.</summary>
internal static class MessageTriggers
{
    /// <summary>A message was taken by the receiver's server, or reached a telephone.</summary>
    public const string Delivered = "message_delivered";

    /// <summary>What narrows them: the campaign that sent it, which a module to the right lists.</summary>
    private const string Campaigns = "campaign";

    public static IServiceCollection AddMessageTriggers(this IServiceCollection services) => services
        .AddSingleton(Of(Delivered, "A message is delivered", "mail-check", "A message of {thing} is delivered"))
        .AddSingleton(Of("message_opened", "A message is opened", "mail-opened", "A message of {thing} is opened"))
        .AddSingleton(Of("message_clicked", "A link in a message is clicked", "click", "A link in {thing} is clicked"))
        .AddSingleton(Of("message_bounced", "A message comes back", "mail-x", "A message of {thing} comes back"))
        .AddSingleton(Of("message_complained", "A message is reported as spam", "alert-triangle", "A message of {thing} is reported as spam"))
        .AddSingleton(Of("message_unsubscribed", "Somebody unsubscribes", "mail-off", "Somebody unsubscribes from {thing}"));

    private static TriggerKind Of(string kind, string text, string icon, string ofThing) => new(kind, text, icon, "Messages") { Things = Campaigns, ThingLabel = "Of which campaign", ThingText = ofThing };
}
