using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Contracts;

namespace Plura.Messaging;

/// <summary>What lists can ask of the messages to somebody. Openings and clicks by robots do not count.</summary>
public static class SendActivities
{
    public static IServiceCollection AddSendActivities(this IServiceCollection services) => services
        .AddSingleton(Of(10, "sent", "Was sent a message", "finished_at", " and s.state = 'accepted'"))
        .AddSingleton(Of(11, "opened", "Opened a message", "opened_at"))
        .AddSingleton(Of(12, "clicked", "Clicked in a message", "clicked_at"))
        .AddSingleton(Of(13, "bounced", "A message came back", "finished_at", " and s.state = 'bounced'"))
        .AddSingleton(Of(14, "withheld", "A message was withheld", "finished_at", " and s.state = 'withheld'"))
        .AddSingleton(Of(15, "unsubscribed", "Unsubscribed by a message", "unsubscribed_at"));

    private static Activity Of(int order, string word, string text, string moment, string when = "") => new(order, word, text,
        $"select s.contact_id, s.{moment} as at, s.origin_id as thing from messaging.send s where s.tenant_id = @tenant and s.{moment} is not null{when}")
    { Things = "campaign" };
}
