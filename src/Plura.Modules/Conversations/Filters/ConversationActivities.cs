using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Contracts;

namespace Plura.Conversations;

/// <summary>What lists can ask of what was written with somebody: "has not written to us for 30 days".</summary>
public static class ConversationActivities
{
    public static IServiceCollection AddConversationActivities(this IServiceCollection services) => services
        .AddSingleton(Of(16, "wrote", "Wrote to us", "m.direction = 'in'"))
        .AddSingleton(Of(17, "answered", "Was answered in a conversation", "m.direction = 'out' and m.taken_back_at is null"));

    private static Activity Of(int order, string word, string text, string which) => new(order, word, text,
        $"select c.contact_id, m.occurred_at as at from conversations.conversation c join conversations.message m on m.tenant_id = c.tenant_id and m.conversation_id = c.id where c.tenant_id = @tenant and {which}")
    { Permission = "conversations.read" };
}
