package io.tongbao.server.page;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Wires the setting of the platform's address. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AddressSettings.class)
class PageConfiguration {}
