using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>What writes text messages, and what takes those that come in.</summary>
internal static class TextMaking
{
    public static IServiceCollection AddTexts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TextOptions>().Bind(configuration.GetSection(TextOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TextOptions>, CheckTextOptions>();
        services.AddSingleton<GiveTextFile>().AddSingleton<ITextCarrier, TextCarrier>().AddScoped<TextNumbers>().AddScoped<TextWriting>().AddScoped<TextComposer>();
        services.AddScoped<TextIntake>().AddScoped<TextStops>().AddScoped<NumberStops>().AddScoped<TextReceipts>();
        services.AddScoped<ReceivedTexts>().AddScoped<IReceivedTexts>(sp => sp.GetRequiredService<ReceivedTexts>()).AddScoped<IRecipientSource, TextRecipients>();
        services.AddScoped<StopReviews>().AddSingleton(new TodayPart(14, typeof(TodayStops)) { Permission = "messaging.review" });
        services.AddSingleton(new NoticeKind(TextIntake.ReviewNotice, "A text may have been a STOP", MailToOwners: true) { Area = "Sending" });
        return services;
    }
}
