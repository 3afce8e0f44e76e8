using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>What the web chat is made of.</summary>
internal static class ChatMaking
{
    public static IServiceCollection AddChat(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ChatOptions>().Bind(configuration.GetSection(ChatOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ICorsPolicyProvider, ChatOrigins>().AddCors();
        services.AddSingleton<ChatLimits>().AddSingleton<ChatCalls>().AddSingleton<ChatStream>();
        services.AddScoped<ChatEntrance>().AddScoped<ChatScript>().AddScoped<ChatVisits>().AddScoped<ChatAnswers>().AddScoped<ChatMail>();
        services.AddScoped<IChatLines, ChatLines>();
        var worker = (configuration["Plura:Roles"] ?? "web,worker").Split(',', StringSplitOptions.TrimEntries).Contains("worker", StringComparer.Ordinal);
        return services.AddHourly<ForgetVisitors>(worker);
    }
}
