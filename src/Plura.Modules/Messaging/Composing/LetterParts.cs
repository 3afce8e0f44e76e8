using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>What writes letters and answers the links in them.</summary>
internal static class LetterParts
{
    public static IServiceCollection AddLetters(this IServiceCollection services)
    {
        services.AddScoped<Letters>().AddScoped<LetterFields>().AddScoped<TestLetters>().AddScoped<IComposer, Composer>().AddScoped<Signers>().AddScoped<IPhrases, Phrases>();
        services.AddScoped<ILetterDoctor, LetterDoctor>().AddScoped<SenderCheck>().AddSingleton<DmarcWalk>().AddSingleton<SpfCount>().AddSingleton<PictureWeights>();
        services.AddHttpClient(PictureWeights.Client).ConfigurePrimaryHttpMessageHandler(() => OutsideOnly.Handler());
        services.AddScoped<ISystemMail, SystemMail>().AddScoped<IRecipientSource, UserRecipients>();
        services.AddScoped<LinkedSends>().AddScoped<PreferenceTopics>();
        services.AddSingleton<ReturnAddresses>().AddScoped<ReturnedLetters>().AddScoped<SpamReports>().AddScoped<IMailReports, MailReports>();
        services.AddSingleton<PublicLinks>().AddSingleton<DkimKeys>().AddSingleton<IMailKey>(sp => sp.GetRequiredService<DkimKeys>()).AddSingleton<ICommand, CreateDkimKey>();
        return services;
    }

    public static void MapLetters(this IEndpointRouteBuilder routes)
    {
        routes.MapUnsubscribe();
        routes.MapPreferences();
        routes.MapTracking();
    }
}
